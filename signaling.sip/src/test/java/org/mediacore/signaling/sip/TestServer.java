package org.mediacore.signaling.sip;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** SIP on a free port of loopback, with a platform that has no media. */
final class TestServer implements AutoCloseable {
  private static final long SHUTDOWN_MS = 300;

  final FakeMediaManager media = new FakeMediaManager();
  final SipSignaling signaling;
  final Map<String, Object> config = new HashMap<>();

  TestServer(SipTimings timings) throws IOException {
    this(timings, "127.0.0.1");
  }

  TestServer(SipTimings timings, String host) throws IOException {
    signaling =
        new SipSignaling(
            media,
            new SipPort.Settings(
                timings, 4, SHUTDOWN_MS, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime())));
    configure("listen", host + ":" + freePort());
  }

  /** Changes one key. */
  void configure(String key, String value) {
    config.put(key, value);
    signaling.configure(config);
  }

  static int freePort() throws IOException {
    try (DatagramSocket probe =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return probe.getLocalPort();
    }
  }

  InetSocketAddress address() {
    String line = signaling.listening().get(0);
    return ListenAddress.parse(line.substring("sip  udp ".length())).orElseThrow().socketAddress();
  }

  SipClient client() throws IOException {
    return new SipClient(address());
  }

  @Override
  public void close() {
    media.letGo();
    signaling.close();
  }
}
