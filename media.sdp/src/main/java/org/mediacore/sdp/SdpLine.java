package org.mediacore.sdp;

/**
 * One line of a description, {@code type=value}, as it was written.
 *
 * @param type the letter before the equals sign, 'a' to 'z'
 * @param value everything after the equals sign, unchanged, without the line end; may be empty
 */
public record SdpLine(char type, String value) {

  /**
   * Checks the letter and that the value holds no CR, LF or NUL, so that a value can never become
   * two lines; throws IllegalArgumentException otherwise.
   */
  public SdpLine {
    if (type < 'a' || type > 'z') {
      throw new IllegalArgumentException("line type must be a letter a-z, not code " + (int) type);
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\r' || c == '\n' || c == 0) {
        throw new IllegalArgumentException("CR, LF or NUL in the value of a " + type + "= line");
      }
    }
  }

  /** A property attribute: {@code a=name}. */
  public static SdpLine attribute(String name) {
    if (name.isEmpty() || name.indexOf(':') >= 0) {
      throw new IllegalArgumentException("not an attribute name: \"" + name + "\"");
    }
    return new SdpLine('a', name);
  }

  /** A value attribute: {@code a=name:value}. */
  public static SdpLine attribute(String name, String value) {
    return new SdpLine('a', attribute(name).value() + ':' + value);
  }

  /** The attribute's name; empty for a line that is no attribute. Names are case-sensitive. */
  public String attributeName() {
    if (type != 'a') {
      return "";
    }
    int colon = value.indexOf(':');
    return (colon < 0 ? value : value.substring(0, colon)).stripTrailing();
  }

  /**
   * What follows the first colon, unchanged; empty for a property attribute and for other lines.
   */
  public String attributeValue() {
    int colon = type == 'a' ? value.indexOf(':') : -1;
    return colon < 0 ? "" : value.substring(colon + 1);
  }

  /** Whether this is the attribute of that name, with or without a value. */
  public boolean isAttribute(String name) {
    return type == 'a' && value.startsWith(name) && attributeName().length() == name.length();
  }

  /** The line as written, without a line end. */
  @Override
  public String toString() {
    return type + "=" + value;
  }
}
