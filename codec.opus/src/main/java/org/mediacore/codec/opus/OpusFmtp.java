package org.mediacore.codec.opus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.mediacore.api.codec.Fmtp;

/**
 * The format parameters of RFC 7587 §6.1, as one side declares them about what it receives. A value
 * that is not allowed is as good as absent; parameters that are not known here say nothing.
 *
 * @param maxPlaybackRateHz highest rate that the declaring side can play; 48,000 where absent
 * @param maxAverageBitrateBps highest mean bit rate it wants, 6,000 to 510,000; empty where absent
 * @param stereo whether it prefers stereo
 * @param sendsStereo whether it is likely to send stereo
 * @param constantBitrate whether it wants a constant bit rate
 * @param inbandFec whether it makes use of in-band redundancy
 * @param dtx whether it prefers discontinuous transmission
 */
record OpusFmtp(
    int maxPlaybackRateHz,
    OptionalInt maxAverageBitrateBps,
    boolean stereo,
    boolean sendsStereo,
    boolean constantBitrate,
    boolean inbandFec,
    boolean dtx) {

  /** Rate of full-band audio and of the RTP clock (RFC 7587 §4.1). */
  static final int FULL_RATE_HZ = 48_000;

  /** Least bit rate that {@code maxaveragebitrate} may name. */
  static final int MIN_BITRATE_BPS = 6_000;

  /** Highest bit rate that {@code maxaveragebitrate} may name. */
  static final int MAX_BITRATE_BPS = 510_000;

  static OpusFmtp of(Fmtp fmtp) {
    OptionalInt rate = fmtp.getInt("maxplaybackrate");
    OptionalInt bitrate = fmtp.getInt("maxaveragebitrate");
    return new OpusFmtp(
        isRate(rate) ? Math.min(rate.getAsInt(), FULL_RATE_HZ) : FULL_RATE_HZ,
        isBitrate(bitrate) ? bitrate : OptionalInt.empty(),
        fmtp.isSet("stereo"),
        fmtp.isSet("sprop-stereo"),
        fmtp.isSet("cbr"),
        fmtp.isSet("useinbandfec"),
        fmtp.isSet("usedtx"));
  }

  /** What may be declared of {@code fmtp}: everything but known parameters with a wrong value. */
  static Fmtp declarable(Fmtp fmtp) {
    Map<String, String> kept = new LinkedHashMap<>();
    fmtp.parameters()
        .forEach(
            (name, value) -> {
              if (isAllowed(fmtp, name, value)) {
                kept.put(name, value);
              }
            });
    return new Fmtp(kept);
  }

  private static boolean isAllowed(Fmtp fmtp, String name, String value) {
    return switch (name) {
      case "maxplaybackrate", "sprop-maxcapturerate" -> isRate(fmtp.getInt(name));
      case "maxaveragebitrate" -> isBitrate(fmtp.getInt(name));
      case "stereo", "sprop-stereo", "cbr", "useinbandfec", "usedtx" ->
          value.equals("0") || value.equals("1");
      default -> true;
    };
  }

  private static boolean isRate(OptionalInt rateHz) {
    return rateHz.isPresent() && rateHz.getAsInt() > 0;
  }

  private static boolean isBitrate(OptionalInt bps) {
    return bps.isPresent()
        && bps.getAsInt() >= MIN_BITRATE_BPS
        && bps.getAsInt() <= MAX_BITRATE_BPS;
  }
}
