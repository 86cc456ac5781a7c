package org.mediacore.signaling.sip;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What is called: the user part of the request URI, with its escapes undone (RFC 3261 §19.1.2). */
final class CalledAddress {
  private CalledAddress() {}

  /**
   * Undoes the escapes.
   *
   * @param user as it stands in the URI
   * @return the address; empty where the escapes are broken, or make text that is not UTF-8 or
   *     holds control characters
   */
  static Optional<String> decode(String user) {
    byte[] text = user.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(text.length);
    for (int i = 0; i < text.length; i++) {
      if (text[i] != '%') {
        decoded.put(text[i]);
        continue;
      }
      boolean complete = i + 2 < text.length;
      int high = complete ? Character.digit(text[i + 1], 16) : -1;
      int low = complete ? Character.digit(text[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      decoded.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      String address = StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
      boolean printable = address.chars().noneMatch(Character::isISOControl);
      return printable ? Optional.of(address) : Optional.empty();
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }
}
