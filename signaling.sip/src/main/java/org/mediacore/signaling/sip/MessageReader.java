package org.mediacore.signaling.sip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads datagrams with JAIN-SIP's parser, and does what that leaves to its transport: header lines
 * that are folded, and where the body ends (RFC 3261 §7.3.1, §18.3). Used by one thread.
 */
final class MessageReader {
  /** Headers, in long and compact form, whose value must be understood or the message refused. */
  private static final Set<String> STRICT =
      Set.of(
          "via",
          "v",
          "from",
          "f",
          "to",
          "t",
          "call-id",
          "i",
          "cseq",
          "contact",
          "m",
          "require",
          "max-forwards",
          "content-type",
          "c",
          "content-length",
          "l",
          "content-encoding",
          "e",
          "record-route",
          "route");

  /** Headers, by their long names, that may stand in a message once (RFC 3261 §7.3.1, §20). */
  private static final Map<String, String> SINGLE =
      Map.ofEntries(
          Map.entry("from", "from"),
          Map.entry("f", "from"),
          Map.entry("to", "to"),
          Map.entry("t", "to"),
          Map.entry("call-id", "call-id"),
          Map.entry("i", "call-id"),
          Map.entry("cseq", "cseq"),
          Map.entry("max-forwards", "max-forwards"),
          Map.entry("content-type", "content-type"),
          Map.entry("c", "content-type"),
          Map.entry("content-length", "content-length"),
          Map.entry("l", "content-length"));

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

  private static final Pattern REQUEST_LINE = Pattern.compile("[^ ]+ [^ ]+ (SIP/[0-9]+\\.[0-9]+)");

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
    requireSingle(head);
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
    if (message instanceof SIPRequest request) {
      request.getRequestLine().setSipVersion(version(head));
    }
    readBody(message, datagram, bodyStart);
    return message;
  }

  /**
   * The version in the request line: the parser takes any for 2.0, and white space for one space.
   */
  private static String version(byte[] head) throws ParseException {
    String text = new String(head, StandardCharsets.UTF_8);
    Matcher line = REQUEST_LINE.matcher(text.lines().findFirst().orElse(""));
    if (!line.matches()) {
      throw new ParseException("request line", 0);
    }
    return line.group(1);
  }

  /** The parser takes one of several values; which one is meant nobody can know. */
  private static void requireSingle(byte[] head) throws ParseException {
    Set<String> seen = new HashSet<>();
    Iterator<String> lines = new String(head, StandardCharsets.UTF_8).lines().skip(1).iterator();
    while (lines.hasNext()) {
      String line = lines.next();
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
      String single = SINGLE.getOrDefault(name, "");
      if (!single.isEmpty() && !seen.add(single)) {
        throw new ParseException("more than one " + single, 0);
      }
    }
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
