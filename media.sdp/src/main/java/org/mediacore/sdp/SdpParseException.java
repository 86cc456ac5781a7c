package org.mediacore.sdp;

/**
 * A text is not an acceptable session description. The message names the line, quotes it
 * (shortened) and says what is expected there, in printable ASCII, so that it can go into a SIP
 * reason phrase or Warning header.
 */
public final class SdpParseException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_QUOTED_CHARS = 60;

  private final int lineNumber;
  private final String line;
  private final String expected;

  /**
   * Creates the exception.
   *
   * @param lineNumber 1-based number of the offending line; 0 when the text as a whole is refused
   * @param line the offending line; it is shortened, and unprintable characters become {@code ?}
   * @param expected what would have been acceptable there
   */
  public SdpParseException(int lineNumber, String line, String expected) {
    super(message(lineNumber, printable(line), expected));
    this.lineNumber = lineNumber;
    this.line = printable(line);
    this.expected = expected;
  }

  /** 1-based number of the offending line; 0 when the text as a whole is refused. */
  public int lineNumber() {
    return lineNumber;
  }

  /**
   * The offending line, at most 60 printable characters and then "..."; empty when there is none.
   */
  public String line() {
    return line;
  }

  /** What would have been acceptable. */
  public String expected() {
    return expected;
  }

  private static String message(int lineNumber, String line, String expected) {
    if (lineNumber == 0) {
      return "session description: expected " + expected;
    }
    return "session description, line " + lineNumber + " \"" + line + "\": expected " + expected;
  }

  private static String printable(String line) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < line.length() && i < MAX_QUOTED_CHARS; i++) {
      char c = line.charAt(i);
      out.append(c >= 0x20 && c < 0x7f ? c : '?');
    }
    return line.length() > MAX_QUOTED_CHARS ? out.append("...").toString() : out.toString();
  }
}
