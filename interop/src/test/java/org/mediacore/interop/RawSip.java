package org.mediacore.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Writes SIP requests over UDP by hand, so that they can be as odd as a test needs them. */
final class RawSip implements AutoCloseable {
  private static final int RETRANSMIT_MS = 500;
  private static final int TRIES = 10;

  private final DatagramSocket socket;
  private final InetSocketAddress platform;
  private int calls;

  /**
   * Opens a client.
   *
   * @param source its own address; any 127.x.y.z
   * @param platformPort the platform's SIP port on 127.0.0.1
   */
  RawSip(String source, int platformPort) {
    this(new InetSocketAddress(source, 0), platformPort);
  }

  RawSip(InetSocketAddress source, int platformPort) {
    try {
      socket = new DatagramSocket(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    platform = new InetSocketAddress("127.0.0.1", platformPort);
  }

  /** Its own port. */
  int port() {
    return socket.getLocalPort();
  }

  /** A received message. */
  record Message(String text) {
    /** The status of a response, 0 for a request. */
    int status() {
      return text.startsWith("SIP/2.0 ") ? Integer.parseInt(text.substring(8, 11)) : 0;
    }

    /** The first header of that name. */
    Optional<String> header(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return Arrays.stream(head().split("\r\n"))
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()).trim())
          .findFirst();
    }

    String body() {
      int end = text.indexOf("\r\n\r\n");
      return end < 0 ? "" : text.substring(end + 4);
    }

    private String head() {
      int end = text.indexOf("\r\n\r\n");
      return end < 0 ? text : text.substring(0, end);
    }
  }

  /** Makes a call's identity; nothing is sent yet. */
  Call call(String user) {
    return new Call(user, ++calls);
  }

  /** An SDP offer of one line of audio with PCMU. */
  String offer() {
    return offer("m=audio 40000 RTP/AVP 0", "a=rtpmap:0 PCMU/8000");
  }

  /** An SDP offer with the given media lines. */
  String offer(String... media) {
    String address = socket.getLocalAddress().getHostAddress();
    return ("v=0\r\no=- 1 1 IN IP4 " + address + "\r\ns=-\r\nc=IN IP4 " + address)
        + ("\r\nt=0 0\r\n" + String.join("\r\n", media) + "\r\n");
  }

  /** One call, or one request outside of any. */
  final class Call {
    private final String user;
    private final String id;
    private final String branch;
    private String remoteTag = "";
    private int sequence;
    private boolean pending;

    private Call(String user, int number) {
      this.user = user;
      // A port comes back in the next run: a platform that still knows the call would answer it.
      String unique = UUID.randomUUID().toString();
      this.id = number + "-" + unique + "@" + socket.getLocalAddress().getHostAddress();
      this.branch = "z9hG4bK-" + unique + "-";
    }

    /**
     * Sends an INVITE, waits for the final response and acknowledges it. In a call that is up it is
     * a re-INVITE.
     */
    Message invite(String sdp) {
      sequence += pending ? 0 : 1;
      pending = false;
      Message answer = exchange(request("INVITE", branch(), sdp), "INVITE");
      remember(answer);
      boolean accepted = answer.status() < 300;
      // an ACK to a refusal belongs to the INVITE's transaction: RFC 3261 §17.1.1.3
      send(request("ACK", accepted ? branch() + "-ack" : branch(), ""));
      return answer;
    }

    /**
     * Sends INVITE and CANCEL back to back; returns the response to the CANCEL. The INVITE's own
     * final response is had from {@link #invite}, which repeats the request.
     */
    Message inviteAndCancel(String sdp) {
      sequence++;
      pending = true;
      send(request("INVITE", branch(), sdp));
      return cancel();
    }

    /** Sends a CANCEL for the INVITE, whether there is one or not. */
    Message cancel() {
      return exchange(request("CANCEL", branch(), ""), "CANCEL");
    }

    Message bye() {
      sequence++;
      return exchange(request("BYE", branch(), ""), "BYE");
    }

    Message options() {
      return exchange(request("OPTIONS", branch(), ""), "OPTIONS");
    }

    private String branch() {
      return branch + sequence;
    }

    private void remember(Message answer) {
      String to = answer.header("To").orElse("");
      int tag = to.indexOf(";tag=");
      remoteTag = tag < 0 ? "" : to.substring(tag);
    }

    private String request(String method, String transaction, String body) {
      String own = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
      String uri = "sip:" + user + "@127.0.0.1:" + platform.getPort();
      return String.join(
          "\r\n",
          method + " " + uri + " SIP/2.0",
          "Via: SIP/2.0/UDP " + own + ";branch=" + transaction + ";rport",
          "Max-Forwards: 70",
          "From: <sip:raw@" + own + ">;tag=" + branch.hashCode(),
          "To: <" + uri + ">" + remoteTag,
          "Call-ID: " + id,
          "CSeq: " + Math.max(1, sequence) + " " + method,
          "Contact: <sip:raw@" + own + ">",
          (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
              + "Content-Length: "
              + body.getBytes(StandardCharsets.UTF_8).length,
          "",
          body);
    }

    /** Repeats the request until its final response is there. */
    private Message exchange(String request, String method) {
      for (int tries = 0; tries < TRIES; tries++) {
        send(request);
        Optional<Message> answer = receive(method);
        if (answer.isPresent()) {
          return answer.get();
        }
      }
      throw new AssertionError("no final response to\n" + request);
    }

    /** The final response; a repeated one to an earlier request of the call is passed over. */
    private Optional<Message> receive(String method) {
      String wanted = Math.max(1, sequence) + " " + method;
      DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
      long deadlineNs = System.nanoTime() + RETRANSMIT_MS * 1_000_000L;
      try {
        while (true) {
          long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
          if (leftMs <= 0) {
            return Optional.empty();
          }
          socket.setSoTimeout((int) leftMs);
          socket.receive(packet);
          Message message =
              new Message(
                  new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
          if (message.status() >= 200
              && message.header("Call-ID").filter(id::equals).isPresent()
              && message.header("CSeq").filter(wanted::equals).isPresent()) {
            return Optional.of(message);
          }
        }
      } catch (SocketTimeoutException none) {
        return Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void send(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, platform));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
