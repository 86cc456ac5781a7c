package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The SIP client of the tests, against a socket that says yes to everything. */
class RawSipTest {
  /** What a call is known by must be unique in space and time: RFC 3261 §8.1.1.4 and §8.1.1.7. */
  @Test
  void samePortInAnotherRunIsAnotherCall() throws Exception {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      Thread answers = new Thread(() -> agree(server), "agrees");
      answers.start();
      int port;
      RawSip.Message first;
      try (RawSip sip = new RawSip("127.0.0.1", server.getLocalPort())) {
        port = sip.port();
        first = sip.call("echo").options();
      }
      RawSip.Message second;
      try (RawSip sip =
          new RawSip(new InetSocketAddress("127.0.0.1", port), server.getLocalPort())) {
        second = sip.call("echo").options();
        assertEquals(port, sip.port());
      }
      for (String header : new String[] {"Call-ID", "Via", "From"}) {
        assertNotEquals(first.header(header).orElseThrow(), second.header(header).orElseThrow());
      }
      server.close();
      answers.join();
    }
  }

  /** Answers every request with its own headers until the socket is closed. */
  private static void agree(DatagramSocket server) {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    try {
      while (true) {
        packet.setLength(65_536);
        server.receive(packet);
        String request =
            new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        String answer = "SIP/2.0 200 OK" + request.substring(request.indexOf("\r\n"));
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        server.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }
}
