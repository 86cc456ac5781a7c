package org.mediacore.codec.amr;

import java.util.Optional;
import java.util.StringJoiner;
import org.mediacore.api.codec.Fmtp;

/**
 * The format parameters of RFC 4867 §8.1 and §8.2, checked.
 *
 * @param octetAligned whether payloads are octet-aligned instead of bandwidth-efficient
 * @param modes the speech modes that may be used, one bit per mode
 * @param modesGiven whether {@code mode-set} was there
 * @param modeChangePeriod 1 or 2: a mode may be changed at every frame or at every second one
 * @param neighboursOnly whether a change goes to the next mode of the set at most
 */
record AmrFmtp(
    boolean octetAligned,
    int modes,
    boolean modesGiven,
    int modeChangePeriod,
    boolean neighboursOnly) {

  private static final String OCTET_ALIGN = "octet-align";
  private static final String MODE_SET = "mode-set";
  private static final String PERIOD = "mode-change-period";
  private static final String CAPABILITY = "mode-change-capability";
  private static final String NEIGHBOUR = "mode-change-neighbor";

  /**
   * Reads parameters.
   *
   * @return empty where they ask for what is not there (CRC, robust sorting, interleaving), or
   *     where a value is not one that the RFC allows: such a peer cannot be understood
   */
  static Optional<AmrFmtp> of(AmrVariant variant, Fmtp fmtp) {
    boolean supported =
        fmtp.get("crc", "0").equals("0")
            && fmtp.get("robust-sorting", "0").equals("0")
            && !fmtp.parameters().containsKey("interleaving")
            && oneOf(fmtp, OCTET_ALIGN, "0", "1")
            && oneOf(fmtp, PERIOD, "1", "2")
            && oneOf(fmtp, CAPABILITY, "1", "2")
            && oneOf(fmtp, NEIGHBOUR, "0", "1");
    boolean given = fmtp.parameters().containsKey(MODE_SET);
    int modes = given ? modeSet(variant, fmtp.get(MODE_SET, "")) : variant.allModes();
    if (!supported || modes == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new AmrFmtp(
            fmtp.isSet(OCTET_ALIGN),
            modes,
            given,
            fmtp.get(PERIOD, "1").equals("2") ? 2 : 1,
            fmtp.isSet(NEIGHBOUR)));
  }

  private static boolean oneOf(Fmtp fmtp, String name, String usual, String other) {
    String value = fmtp.get(name, usual);
    return value.equals(usual) || value.equals(other);
  }

  /** A list such as {@code 0,2,5,7}; 0 where it is not one of this codec's modes. */
  private static int modeSet(AmrVariant variant, String list) {
    int modes = 0;
    for (String piece : list.split(",", -1)) {
      String mode = piece.trim();
      if (mode.length() != 1 || mode.charAt(0) < '0' || mode.charAt(0) >= '0' + variant.modes) {
        return 0;
      }
      modes |= 1 << (mode.charAt(0) - '0');
    }
    return modes;
  }

  /**
   * What we declare to a peer with these parameters. How payloads are laid out and how modes change
   * is the same for both sides, and the peer's word counts; a set of modes is taken over from it or
   * is ours where it has none (RFC 4867 §8.3.1).
   */
  Fmtp declared(AmrFmtp ours) {
    Fmtp fmtp = Fmtp.NONE;
    if (octetAligned) {
      fmtp = fmtp.with(OCTET_ALIGN, "1");
    }
    if (modesGiven || ours.modesGiven) {
      fmtp = fmtp.with(MODE_SET, list(modesGiven ? modes : ours.modes));
    }
    if (modeChangePeriod == 2) {
      fmtp = fmtp.with(PERIOD, "2");
    }
    if (neighboursOnly) {
      fmtp = fmtp.with(NEIGHBOUR, "1");
    }
    // We can keep to a period of two frames, and never send a frame twice.
    return fmtp.with(CAPABILITY, "2").with("max-red", "0");
  }

  private static String list(int modes) {
    StringJoiner list = new StringJoiner(",");
    for (int mode = 0; mode < Integer.SIZE; mode++) {
      if ((modes & 1 << mode) != 0) {
        list.add(Integer.toString(mode));
      }
    }
    return list.toString();
  }

  /** Whether all that may be sent under these parameters may be sent under others, too. */
  boolean isWithin(AmrFmtp others) {
    return octetAligned == others.octetAligned
        && (modes & ~others.modes) == 0
        && modeChangePeriod >= others.modeChangePeriod
        && (neighboursOnly || !others.neighboursOnly);
  }
}
