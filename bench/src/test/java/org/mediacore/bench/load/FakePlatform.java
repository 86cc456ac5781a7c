package org.mediacore.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers calls and reflects media as the platform does, on one thread and with a port per leg:
 * {@code bridge-…} to the other leg, everything else back. It can lose or double packets.
 */
final class FakePlatform implements AutoCloseable {
  private static final Pattern MEDIA =
      Pattern.compile("(?s).*c=IN IP4 (\\S+).*m=audio (\\d+) RTP/AVP (\\d+).*");
  private static final int BUSY_AT = 2;

  /** What one leg knows: its port, where its caller is and what was sent to it. */
  private static final class Port {
    final DatagramChannel channel;
    final InetSocketAddress caller;
    Port other;
    int sequence;

    Port(DatagramChannel channel, InetSocketAddress caller) {
      this.channel = channel;
      this.caller = caller;
    }
  }

  private final int loseEvery;
  private final int doubleEvery;
  private final Selector selector;
  private final DatagramChannel sip;
  private final Thread thread;
  private final Map<String, Port> waiting = new HashMap<>();
  private final Map<String, Integer> members = new HashMap<>();
  private final Map<String, String> answers = new HashMap<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
  private volatile boolean closing;
  private volatile IOException failure;
  private volatile int byes;
  private long packets;

  /**
   * Starts it.
   *
   * @param loseEvery loses every n-th packet, its sequence number too; 0 for none
   * @param doubleEvery sends every n-th packet twice; 0 for none
   */
  FakePlatform(int loseEvery, int doubleEvery) throws IOException {
    this.loseEvery = loseEvery;
    this.doubleEvery = doubleEvery;
    selector = Selector.open();
    sip = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    sip.configureBlocking(false);
    sip.register(selector, SelectionKey.OP_READ);
    thread = new Thread(this::run, "fake-platform");
    thread.start();
  }

  String address() throws IOException {
    return "127.0.0.1:" + port(sip);
  }

  int byes() {
    return byes;
  }

  private static int port(DatagramChannel channel) throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private void run() {
    try {
      while (!closing) {
        selector.select(this::serve, 100);
      }
    } catch (UncheckedIOException | IOException e) {
      failure = new IOException("the fake platform failed", e);
    }
  }

  private void serve(SelectionKey key) {
    try {
      if (key.attachment() == null) {
        signalling();
      } else {
        media((Port) key.attachment());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void media(Port port) throws IOException {
    while (port.channel.receive(buffer.clear()) != null) {
      buffer.flip();
      Port to = port.other;
      if (to == null) {
        continue;
      }
      packets++;
      to.sequence++;
      if (loseEvery > 0 && packets % loseEvery == 0) {
        continue;
      }
      buffer.putShort(2, (short) to.sequence);
      to.channel.send(buffer, to.caller);
      if (doubleEvery > 0 && packets % doubleEvery == 0) {
        to.channel.send(buffer.rewind(), to.caller);
      }
    }
  }

  private void signalling() throws IOException {
    SocketAddress from = sip.receive(buffer.clear());
    if (from == null) {
      return;
    }
    String request = StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    if (request.startsWith("INVITE ")) {
      respond(request, from, "100 Trying", "");
      String id = SipDialog.header(request, "Call-ID");
      if (!answers.containsKey(id)) {
        answers.put(id, accept(request));
      }
      String answer = answers.get(id);
      respond(request, from, answer.isEmpty() ? "486 Busy Here" : "200 OK", answer);
    } else if (request.startsWith("BYE ")) {
      byes++;
      respond(request, from, "200 OK", "");
    }
  }

  /** Opens the leg's port; returns the answer, empty for a full bridge. */
  private String accept(String invite) throws IOException {
    String user = invite.substring(invite.indexOf(':') + 1, invite.indexOf('@'));
    boolean bridge = user.startsWith("bridge-");
    if (bridge && members.merge(user, 1, Integer::sum) > BUSY_AT) {
      return "";
    }
    Matcher media = MEDIA.matcher(invite);
    if (!media.matches()) {
      throw new IOException("no audio in " + invite);
    }
    DatagramChannel channel =
        DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    channel.configureBlocking(false);
    Port port =
        new Port(channel, new InetSocketAddress(media.group(1), Integer.parseInt(media.group(2))));
    channel.register(selector, SelectionKey.OP_READ, port);
    if (!bridge) {
      port.other = port;
    } else if (waiting.containsKey(user)) {
      port.other = waiting.remove(user);
      port.other.other = port;
    } else {
      waiting.put(user, port);
    }
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio "
        + port(channel)
        + " RTP/AVP "
        + media.group(3)
        + "\r\n";
  }

  private void respond(String request, SocketAddress to, String status, String body)
      throws IOException {
    StringBuilder response = new StringBuilder("SIP/2.0 ").append(status).append("\r\n");
    for (String line : request.substring(0, request.indexOf("\r\n\r\n")).split("\r\n")) {
      if (line.matches("(Via|From|Call-ID|CSeq):.*")) {
        response.append(line).append("\r\n");
      } else if (line.startsWith("To:")) {
        response.append(line).append(line.contains("tag=") ? "" : ";tag=p").append("\r\n");
      }
    }
    response.append("Contact: <sip:fake@").append(address()).append(">\r\nContent-Length: ");
    response.append(body.length()).append("\r\n\r\n").append(body);
    sip.send(ByteBuffer.wrap(response.toString().getBytes(StandardCharsets.UTF_8)), to);
  }

  /** Ends it; throws what went wrong inside. */
  @Override
  public void close() throws IOException {
    closing = true;
    selector.wakeup();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
    if (failure != null) {
      throw failure;
    }
  }

  /** Runs until the process is ended: the reference for what the generator itself can do. */
  public static void main(String[] arguments) throws Exception {
    try (FakePlatform platform = new FakePlatform(0, 0)) {
      System.out.println(platform.address());
      platform.thread.join();
    }
  }
}
