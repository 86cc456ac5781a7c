package org.mediacore.signaling.sip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Reads datagrams with JAIN-SIP's parser, and does what that leaves to its transport: header lines
 * that are folded, and where the body ends (RFC 3261 §7.3.1, §18.3). Used by one thread.
 */
final class MessageReader {
  /** Headers, in long and compact form, whose value must be understood or the message refused. */
  private static final Set<String> STRICT =
      Set.of(
          "via", "v", "from", "f", "to", "t", "call-id", "i", "cseq", "contact", "m", "require",
          "max-forwards", "content-type", "c", "content-length", "l", "content-encoding", "e",
          "record-route", "route");

  private static final ParseExceptionListener STRICTNESS =
      (cause, message, type, header, text) -> {
        int colon = header.indexOf(':');
        String name = colon < 0 ? "" : header.substring(0, colon).trim().toLowerCase(Locale.ROOT);
        if (type == gov.nist.javax.sip.header.RequestLine.class
            || type == gov.nist.javax.sip.header.StatusLine.class
            || name.isEmpty()
            || STRICT.contains(name)) {
          throw new ParseException(name.isEmpty() ? "a line that is no header" : name, 0);
        }
        message.addUnparsed(header);
      };

  private final StringMsgParser parser = new StringMsgParser();

  /**
   * Reads one message.
   *
   * @param datagram all of it, without leading line ends
   * @throws ParseException where it is none; the text names the part that is wrong
   */
  SIPMessage read(byte[] datagram) throws ParseException {
    int bodyStart = bodyStart(datagram);
    byte[] head = Arrays.copyOf(datagram, bodyStart);
    unfold(head);
    SIPMessage message;
    try {
      message = parser.parseSIPMessage(head, false, false, STRICTNESS);
    } catch (RuntimeException | StackOverflowError e) {
      // The parser has such ways of saying no.
      throw new ParseException("message", 0);
    }
    if (message == null
        || message.getFrom() == null
        || message.getTo() == null
        || message.getCallId() == null
        || message.getCSeq() == null
        || message.getTopmostVia() == null) {
      throw new ParseException("a mandatory header is missing", 0);
    }
    readBody(message, datagram, bodyStart);
    return message;
  }

  private static void readBody(SIPMessage message, byte[] datagram, int bodyStart)
      throws ParseException {
    int present = datagram.length - bodyStart;
    int declared =
        message.getContentLength() == null
            ? present
            : message.getContentLength().getContentLength();
    if (declared < 0 || declared > present) {
      throw new ParseException("content-length", 0);
    }
    if (declared > 0) {
      message.setMessageContent(Arrays.copyOfRange(datagram, bodyStart, bodyStart + declared));
    }
  }

  /** The index after the empty line; the length where there is none. */
  private static int bodyStart(byte[] datagram) {
    for (int i = 0; i + 1 < datagram.length; i++) {
      if (datagram[i] == '\n' && datagram[i + 1] == '\n') {
        return i + 2;
      }
      if (i + 2 < datagram.length
          && datagram[i] == '\n'
          && datagram[i + 1] == '\r'
          && datagram[i + 2] == '\n') {
        return i + 3;
      }
    }
    return datagram.length;
  }

  /** Turns each line end before white space into white space. */
  private static void unfold(byte[] head) {
    for (int i = 1; i + 1 < head.length; i++) {
      if (head[i] == '\n' && (head[i + 1] == ' ' || head[i + 1] == '\t')) {
        head[i] = ' ';
        if (head[i - 1] == '\r') {
          head[i - 1] = ' ';
        }
      }
    }
  }

  /** The datagram's text for {@link BadRequest}, folded lines joined. */
  static String headText(byte[] datagram) {
    byte[] head = Arrays.copyOf(datagram, bodyStart(datagram));
    unfold(head);
    return new String(head, StandardCharsets.UTF_8);
  }
}
