package org.mediacore.signaling.sip;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as it came, with where it came from.
 *
 * @param message the parsed request; its topmost Via tells {@code received} and {@code rport}
 * @param source where the datagram came from
 */
record IncomingRequest(SIPRequest message, InetSocketAddress source) {
  private static final String BRANCH_COOKIE = "z9hg4bk";
  private static final int DEFAULT_PORT = 5060;

  /**
   * Notes in the topmost Via where the request really came from (RFC 3261 §18.2.1, RFC 3581 §4).
   */
  static IncomingRequest of(SIPRequest message, InetSocketAddress source) {
    Via via = message.getTopmostVia();
    String address = source.getAddress().getHostAddress();
    try {
      boolean wantsPort = via.hasParameter(Via.RPORT);
      if (wantsPort || !via.getHost().equalsIgnoreCase(address)) {
        via.setParameter(Via.RECEIVED, address);
      }
      if (wantsPort) {
        via.setParameter(Via.RPORT, Integer.toString(source.getPort()));
      }
    } catch (ParseException e) {
      throw new IllegalStateException("an IP address is no Via parameter: " + address, e);
    }
    return new IncomingRequest(message, source);
  }

  String method() {
    return message.getMethod();
  }

  /**
   * Where responses go: back to the sender, to the port that it asks for (RFC 3261 §18.2.2, RFC
   * 3581 §4). A {@code maddr} is not followed: nobody shall make us send to a third host.
   */
  InetSocketAddress responseTarget() {
    Via via = message.getTopmostVia();
    if (via.hasParameter(Via.RPORT)) {
      return source;
    }
    int port = via.getPort() > 0 ? via.getPort() : DEFAULT_PORT;
    return new InetSocketAddress(source.getAddress(), port);
  }

  /**
   * What the requests of one transaction have in common (RFC 3261 §17.2.3).
   *
   * @param method the method of the transaction that is looked for: INVITE for an ACK or a CANCEL
   */
  String transactionKey(String method) {
    Via via = message.getTopmostVia();
    String branch = via.getBranch();
    if (!isOfRfc2543()) {
      return method
          + ' '
          + branch
          + ' '
          + via.getSentBy()
          + ' '
          + source.getAddress().getHostAddress();
    }
    return method
        + ' '
        + message.getRequestURI()
        + ' '
        + fromTag()
        + ' '
        + callId()
        + ' '
        + sequence()
        + ' '
        + via.getSentBy()
        + ' '
        + branch;
  }

  /** Whether the sender follows the older standard: its branch, if any, identifies nothing. */
  boolean isOfRfc2543() {
    String branch = message.getTopmostVia().getBranch();
    return branch == null || !branch.toLowerCase(Locale.ROOT).startsWith(BRANCH_COOKIE);
  }

  String callId() {
    return message.getCallId().getCallId();
  }

  long sequence() {
    return message.getCSeq().getSeqNumber();
  }

  /** The sender's tag, empty where it has none (RFC 2543). */
  String fromTag() {
    return Optional.ofNullable(message.getFromTag()).orElse("");
  }

  /** Our tag, absent outside a dialog. */
  Optional<String> toTag() {
    return Optional.ofNullable(message.getToTag());
  }

  /** The caller as its URI says, made fit for a log line. */
  String caller() {
    return printable(message.getFrom().getAddress().getURI().toString());
  }

  /** The text without control characters and of bounded length. */
  static String printable(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= 200 ? plain : plain.substring(0, 200) + "...";
  }
}
