package org.mediacore.signaling.sip;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes tags and branches that nobody can guess (RFC 3261 §19.3, §8.1.1.7). */
final class Tokens {
  private final SecureRandom random = new SecureRandom();

  /** A tag: 64 random bits. */
  String tag() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }

  /** A number from 0 to {@code most}, both included. */
  int upTo(int most) {
    return random.nextInt(most + 1);
  }

  /** A branch for a request of ours. */
  String branch() {
    return "z9hG4bK" + tag();
  }
}
