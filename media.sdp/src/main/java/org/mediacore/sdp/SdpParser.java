package org.mediacore.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * Text to model. Strict where meaning is at stake (v=, o=, c=, t=, m=, unknown type letters, blank
 * lines inside), tolerant in form (line ends, the order of session lines, missing s= and t=).
 */
final class SdpParser {
  private static final String KNOWN_TYPES = "vosiuepcbtrzkam";
  private static final String MEDIA_TYPES = "icbka";

  private final SdpLimits limits;
  private final List<SdpLine> sessionLines = new ArrayList<>();
  private final List<MediaDescription> media = new ArrayList<>();
  private MediaLine mediaLine;
  private List<SdpLine> current = sessionLines;
  private boolean originSeen;

  SdpParser(SdpLimits limits) {
    this.limits = limits;
  }

  static SdpParseException tooLong(SdpLimits limits) {
    return new SdpParseException(0, "", "at most " + limits.maxTextChars() + " characters");
  }

  SessionDescription parse(String text) throws SdpParseException {
    if (text.length() > limits.maxTextChars()) {
      throw tooLong(limits);
    }
    int end = text.length();
    while (end > 0 && isBlank(text.charAt(end - 1))) {
      end--;
    }
    // The white space behind the last visible character of the last line belongs to that line.
    int lineEnd = text.indexOf('\n', end);
    end = lineEnd < 0 ? text.length() : lineEnd;
    int number = 0;
    for (int start = 0; start < end || number == 0; ) {
      int next = text.indexOf('\n', start);
      int stop = next < 0 || next > end ? end : next;
      boolean crlf = stop > start && text.charAt(stop - 1) == '\r';
      accept(++number, text.substring(start, crlf ? stop - 1 : stop));
      start = stop + 1;
    }
    closeMedia();
    if (!originSeen) {
      throw new SdpParseException(0, "", "an o= line before the first m= line");
    }
    return new SessionDescription(sessionLines, media);
  }

  private static boolean isBlank(char c) {
    return c == '\n' || c == '\r' || c == ' ' || c == '\t';
  }

  private void accept(int number, String text) throws SdpParseException {
    checkForm(number, text);
    SdpLine line = new SdpLine(text.charAt(0), text.substring(2));
    if (number == 1 && (line.type() != 'v' || !line.value().strip().equals("0"))) {
      throw new SdpParseException(number, text, "v=0 as the first line");
    }
    if (line.type() == 'm') {
      openMedia(number, text, line);
    } else {
      checkPlace(number, text, line.type());
      checkValue(number, text, line);
      current.add(line);
    }
  }

  private void checkForm(int number, String text) throws SdpParseException {
    if (number > limits.maxLines()) {
      throw new SdpParseException(number, text, "at most " + limits.maxLines() + " lines");
    }
    if (text.length() > limits.maxLineChars()) {
      throw new SdpParseException(
          number, text, "at most " + limits.maxLineChars() + " characters in a line");
    }
    boolean shape = text.length() >= 2 && text.charAt(1) == '=';
    if (!shape || text.charAt(0) < 'a' || text.charAt(0) > 'z') {
      String first = number == 1 ? "v=0 as the first line" : "<letter>=<value>";
      throw new SdpParseException(number, text, first);
    }
    if (text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0) {
      throw new SdpParseException(number, text, "no CR and no NUL inside a line");
    }
    if (KNOWN_TYPES.indexOf(text.charAt(0)) < 0 && !limits.keepUnknownLineTypes()) {
      throw new SdpParseException(
          number, text, "a type letter of RFC 8866 (one of " + KNOWN_TYPES + ")");
    }
  }

  private void checkPlace(int number, String text, char type) throws SdpParseException {
    boolean known = KNOWN_TYPES.indexOf(type) >= 0;
    if (mediaLine != null && known && MEDIA_TYPES.indexOf(type) < 0) {
      throw new SdpParseException(
          number, text, "only i=, c=, b=, k= and a= lines after an m= line");
    }
    if (type == 'v' && number > 1) {
      throw new SdpParseException(number, text, "v= only once");
    }
    if (type == 'o' && originSeen) {
      throw new SdpParseException(number, text, "o= only once");
    }
  }

  private void checkValue(int number, String text, SdpLine line) throws SdpParseException {
    switch (line.type()) {
      case 'o' -> {
        originSeen = true;
        check(
            Origin.parse(line.value()).isPresent(),
            number,
            text,
            "o=<user> <session id> <version> <net type> <address type> <address>");
      }
      case 'c' ->
          check(
              Connection.parse(line.value()).isPresent(),
              number,
              text,
              "c=<net type> <address type> <address>");
      case 't' -> check(Timing.parse(line.value()).isPresent(), number, text, "t=<start> <stop>");
      case 'a' ->
          check(!line.attributeName().isEmpty(), number, text, "a=<name> or a=<name>:<value>");
      default -> {}
    }
  }

  private static void check(boolean good, int number, String text, String expected)
      throws SdpParseException {
    if (!good) {
      throw new SdpParseException(number, text, expected);
    }
  }

  private void openMedia(int number, String text, SdpLine line) throws SdpParseException {
    closeMedia();
    if (media.size() == limits.maxMedia()) {
      throw new SdpParseException(
          number, text, "at most " + limits.maxMedia() + " media descriptions");
    }
    try {
      mediaLine = MediaLine.parse(line.value());
    } catch (MediaLine.Malformed e) {
      throw new SdpParseException(number, text, e.getMessage());
    }
    current = new ArrayList<>();
    current.add(line);
  }

  private void closeMedia() {
    if (mediaLine != null) {
      media.add(new MediaDescription(mediaLine, List.copyOf(current), List.of()));
    }
  }
}
