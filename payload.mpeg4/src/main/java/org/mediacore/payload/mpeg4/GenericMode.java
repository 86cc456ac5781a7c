package org.mediacore.payload.mpeg4;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mediacore.api.codec.Fmtp;

/**
 * The modes of RFC 3640 for AAC (§3.3.5, §3.3.6), and the lengths that it gives them. A header of
 * an access unit is a whole number of bytes in either.
 */
enum GenericMode {
  HIGH_BIT_RATE("AAC-hbr", 13, 3),
  LOW_BIT_RATE("AAC-lbr", 6, 2);

  /** Fields of an access unit's header that are not read; they must not be there. */
  private static final List<String> NOT_READ =
      List.of(
          "ctsdeltalength",
          "dtsdeltalength",
          "randomaccessindication",
          "streamstateindication",
          "auxiliarydatasizelength");

  private final String key;
  private final int sizeBits;
  private final int indexBits;

  GenericMode(String key, int sizeBits, int indexBits) {
    this.key = key;
    this.sizeBits = sizeBits;
    this.indexBits = indexBits;
  }

  /** Bytes of an access unit's header. */
  int headerBytes() {
    return (sizeBits + indexBits) / 8;
  }

  /** Bits of the index in a header, behind those of the size. */
  int indexBits() {
    return indexBits;
  }

  /** Bytes of the longest access unit. */
  int maxUnitBytes() {
    return (1 << sizeBits) - 1;
  }

  /** The mode of a description's parameters; empty where they say something else. */
  static Optional<GenericMode> of(Fmtp fmtp) {
    String name = fmtp.get("mode", "").toLowerCase(Locale.ROOT);
    for (GenericMode mode : values()) {
      if (mode.key.toLowerCase(Locale.ROOT).equals(name)) {
        return mode.isLaidOutIn(fmtp) ? Optional.of(mode) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private boolean isLaidOutIn(Fmtp fmtp) {
    return is(fmtp, "sizelength", sizeBits)
        && is(fmtp, "indexlength", indexBits)
        && is(fmtp, "indexdeltalength", indexBits)
        && NOT_READ.stream().allMatch(name -> fmtp.get(name, "0").equals("0"));
  }

  private static boolean is(Fmtp fmtp, String name, int wanted) {
    return fmtp.getInt(name).orElse(-1) == wanted;
  }

  /** The parameters that say so. */
  Fmtp declaredIn(Fmtp fmtp) {
    return fmtp.with("mode", key)
        .with("sizelength", Integer.toString(sizeBits))
        .with("indexlength", Integer.toString(indexBits))
        .with("indexdeltalength", Integer.toString(indexBits));
  }
}
