package org.mediacore.signaling.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A caller that writes and reads SIP as plain text over UDP on loopback. */
final class SipClient implements AutoCloseable {
  private static final int WAIT_MS = 5000;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final DatagramSocket socket;
  private final InetSocketAddress server;
  private final String callId = "call-" + COUNT.incrementAndGet() + "@test";
  private int branches;

  SipClient(InetSocketAddress server) throws IOException {
    this.server = server;
    socket = new DatagramSocket(new InetSocketAddress(server.getAddress(), 0));
  }

  String callId() {
    return callId;
  }

  String host() {
    InetAddress address = socket.getLocalAddress();
    String text = address.getHostAddress();
    return (text.contains(":") ? "[" + text + "]" : text) + ":" + socket.getLocalPort();
  }

  String newBranch() {
    return "z9hG4bK-" + callId.hashCode() + "-" + ++branches;
  }

  /** A request outside a dialog; {@code extra} is whole header lines. */
  String request(
      String method, String uri, int sequence, String branch, String extra, String body) {
    return request(method, uri, sequence, branch, "", extra, body);
  }

  /** A request with a tag of the callee's. */
  String request(
      String method,
      String uri,
      int sequence,
      String branch,
      String toTag,
      String extra,
      String body) {
    String type =
        body.isEmpty() || extra.contains("Content-Type") ? "" : "Content-Type: application/sdp\r\n";
    return method
        + " "
        + uri
        + " SIP/2.0\r\n"
        + "Via: SIP/2.0/UDP "
        + host()
        + ";branch="
        + branch
        + ";rport\r\n"
        + "Max-Forwards: 70\r\n"
        + "From: \"Test\" <sip:tester@example.test>;tag=caller\r\n"
        + "To: <"
        + uri
        + ">"
        + (toTag.isEmpty() ? "" : ";tag=" + toTag)
        + "\r\n"
        + "Call-ID: "
        + callId
        + "\r\n"
        + "CSeq: "
        + sequence
        + " "
        + method
        + "\r\n"
        + "Contact: <sip:tester@"
        + host()
        + ">\r\n"
        + extra
        + type
        + "Content-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  String uri(String user) {
    return "sip:" + user + "@" + serverHost();
  }

  private String serverHost() {
    String text = server.getAddress().getHostAddress();
    return (text.contains(":") ? "[" + text + "]" : text) + ":" + server.getPort();
  }

  void send(String message) throws IOException {
    send(message.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] datagram) throws IOException {
    socket.send(new DatagramPacket(datagram, datagram.length, server));
  }

  /** The next message; fails the test where none comes. */
  String receive() throws IOException {
    return receive(WAIT_MS)
        .orElseThrow(() -> new AssertionError("nothing came within " + WAIT_MS + " ms"));
  }

  /** The next message within {@code waitMs}. */
  Optional<String> receive(int waitMs) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65535], 65535);
    socket.setSoTimeout(waitMs);
    try {
      socket.receive(packet);
    } catch (SocketTimeoutException nothing) {
      return Optional.empty();
    }
    byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  /** The next message that is no 100. */
  String receiveFinal() throws IOException {
    String message = receive();
    while (message.startsWith("SIP/2.0 100")) {
      message = receive();
    }
    return message;
  }

  /** The next message that starts so; others are skipped, at most twenty. */
  String receiveUntil(String start) throws IOException {
    for (int i = 0; i < 20; i++) {
      String message = receive();
      if (message.startsWith(start)) {
        return message;
      }
    }
    throw new AssertionError("no message starts with " + start);
  }

  /** The value of a header, empty where it is absent. */
  static String header(String message, String name) {
    return message
        .lines()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).trim())
        .findFirst()
        .orElse("");
  }

  static String toTag(String response) {
    String to = header(response, "To");
    int tag = to.indexOf("tag=");
    return tag < 0 ? "" : to.substring(tag + 4);
  }

  static int status(String response) {
    return response.startsWith("SIP/2.0 ") ? Integer.parseInt(response.substring(8, 11)) : 0;
  }

  /** Answers a request of the callee's with 200. */
  void ok(String request) throws IOException {
    respond(request, "200 OK", "", "");
  }

  /** Answers a request of the callee's; {@code extra} is whole header lines. */
  void respond(String request, String status, String extra, String body) throws IOException {
    StringBuilder response = new StringBuilder("SIP/2.0 " + status + "\r\n");
    for (String name : new String[] {"Via", "From", "To", "Call-ID", "CSeq"}) {
      response.append(name).append(": ").append(header(request, name)).append("\r\n");
    }
    if (!body.isEmpty()) {
      response.append("Content-Type: application/sdp\r\n");
    }
    response.append(extra).append("Content-Length: ").append(body.length());
    send(response.append("\r\n\r\n").append(body).toString());
  }

  /** Calls, expects 200 and acknowledges it; the tag of the callee. */
  String establish(String user) throws IOException {
    send(request("INVITE", uri(user), 1, newBranch(), "", FakeMediaManager.SDP));
    String ok = receiveFinal();
    if (status(ok) != 200) {
      throw new AssertionError("not answered: " + ok);
    }
    String tag = toTag(ok);
    send(request("ACK", uri(user), 1, newBranch(), tag, "", ""));
    return tag;
  }

  @Override
  public void close() {
    socket.close();
  }
}
