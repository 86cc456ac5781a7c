package org.mediacore.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One outgoing call: its identity, its requests and what was answered (RFC 3261 §12). */
final class SipDialog {
  /** How far the call has come. */
  enum State {
    NEW,
    INVITING,
    UP,
    LEAVING,
    DOWN,
    FAILED
  }

  private static final long FIRST_RETRANSMIT_NS = 500_000_000;
  private static final int MAX_TRIES = 7;

  final int index;
  final String user;
  private final String callId;
  private final String own;
  private final String platform;
  private final String offer;

  State state = State.NEW;
  String failure = "";
  String answer = "";
  private String to;
  private String target;
  private boolean provisional;
  private int tries;
  private long retransmitNs;

  /**
   * Describes a call.
   *
   * @param index which one, from 0
   * @param user whom to call at the platform
   * @param own the caller's address and port
   * @param platform the platform's address and port
   * @param offer the session description
   */
  SipDialog(int index, String user, String own, String platform, String offer) {
    this.index = index;
    this.user = user;
    this.own = own;
    this.platform = platform;
    this.offer = offer;
    this.callId = index + "-" + Long.toHexString(System.nanoTime()) + "@" + own;
    this.target = "sip:" + user + "@" + platform;
    this.to = "<" + target + ">";
  }

  String callId() {
    return callId;
  }

  /** Begins the call; the result is to be sent. */
  String invite(long nowNs) {
    state = State.INVITING;
    return first(nowNs);
  }

  /** Ends the call; the result is to be sent. */
  String bye(long nowNs) {
    state = State.LEAVING;
    return first(nowNs);
  }

  private String first(long nowNs) {
    tries = 1;
    provisional = false;
    retransmitNs = nowNs + FIRST_RETRANSMIT_NS;
    return request();
  }

  /** What is to be sent again now; empty if nothing. After too many tries the call has failed. */
  String due(long nowNs) {
    boolean waiting = state == State.INVITING || state == State.LEAVING;
    if (!waiting || provisional || nowNs - retransmitNs < 0) {
      return "";
    }
    if (++tries > MAX_TRIES) {
      fail("no response to " + (state == State.INVITING ? "INVITE" : "BYE"));
      return "";
    }
    retransmitNs = nowNs + (FIRST_RETRANSMIT_NS << tries - 1);
    return request();
  }

  private String request() {
    return state == State.INVITING ? text("INVITE", 1, "i", offer) : text("BYE", 2, "b", "");
  }

  /**
   * Takes a response to one of its requests.
   *
   * @return what is to be sent in turn; empty if nothing
   */
  String response(int status, String method, String message) {
    if (status < 200) {
      provisional |= state == State.INVITING;
      return "";
    }
    if (method.equals("INVITE")) {
      return inviteResponse(status, message);
    }
    if (method.equals("BYE") && state == State.LEAVING) {
      state = State.DOWN;
    }
    return "";
  }

  private String inviteResponse(int status, String message) {
    to = header(message, "To");
    if (status >= 300) {
      if (state == State.INVITING) {
        fail(message.substring(8, message.indexOf('\r')));
      }
      return text("ACK", 1, "i", "");
    }
    if (state == State.INVITING) {
      state = State.UP;
      answer = body(message);
      String contact = header(message, "Contact");
      int open = contact.indexOf('<');
      int close = contact.indexOf('>');
      target = open >= 0 && close > open ? contact.substring(open + 1, close) : target;
    }
    return text("ACK", 1, "a", "");
  }

  /**
   * Takes note that the platform ended the call.
   *
   * @param expected whether calls are being ended: who is left alone in a bridge is sent away
   */
  void endedByPlatform(boolean expected) {
    if (expected || state == State.LEAVING) {
      state = State.DOWN;
    } else {
      fail("ended by the platform");
    }
  }

  private void fail(String reason) {
    state = State.FAILED;
    failure = "leg " + index + " (" + user + "): " + reason;
  }

  private String text(String method, int sequence, String transaction, String body) {
    int length = body.getBytes(StandardCharsets.US_ASCII).length;
    String branch = callId.replaceAll("[@:]", "-"); // a token: RFC 3261 §25.1
    return String.join(
        "\r\n",
        method + " " + target + " SIP/2.0",
        "Via: SIP/2.0/UDP " + own + ";branch=z9hG4bK" + branch + transaction,
        "Max-Forwards: 70",
        "From: <sip:load@" + own + ">;tag=" + index,
        "To: " + to,
        "Call-ID: " + callId,
        "CSeq: " + sequence + " " + method,
        "Contact: <sip:load@" + own + ">",
        (length > 0 ? "Content-Type: application/sdp\r\n" : "") + "Content-Length: " + length,
        "",
        body);
  }

  /** Returns the first header of that name; empty if there is none. */
  static String header(String message, String name) {
    String wanted = name.toLowerCase(Locale.ROOT) + ":";
    for (String line : message.split("\r\n")) {
      if (line.isEmpty()) {
        break;
      }
      if (line.toLowerCase(Locale.ROOT).startsWith(wanted)) {
        return line.substring(wanted.length()).trim();
      }
    }
    return "";
  }

  private static String body(String message) {
    int end = message.indexOf("\r\n\r\n");
    return end < 0 ? "" : message.substring(end + 4);
  }
}
