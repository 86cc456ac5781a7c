package org.mediacore.codec.opus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mediacore.api.codec.Fmtp;

/**
 * The configuration {@link #PID}, checked.
 *
 * @param bitrateBps mean bit rate of a mono stream; a stereo stream gets twice as much
 * @param complexity effort of the encoder, 0 to 10
 * @param application what encoders optimise for
 * @param bandwidth widest audio that is encoded, and asked for
 * @param constantBitrate whether every payload has the same size, and the peer is asked for that
 * @param fec whether in-band redundancy is asked for, and sent where the peer asks for it
 * @param dtx whether the peer is asked to leave out silence
 * @param stereo whether stereo is asked for, and sent where the peer asks for it
 * @param lossPercent loss that an encoder expects until the peer reports
 * @param decoderComplexity effort of the decoder, 0 to 10; from 5 on losses are concealed by a
 *     neural network
 * @param dredMs most deep redundancy in a payload that is sent, a multiple of 10; 0: none is sent
 *     or made use of
 * @param nativeLibrary whether libopus is used where it can be loaded
 */
record OpusSettings(
    int bitrateBps,
    int complexity,
    Application application,
    Bandwidth bandwidth,
    boolean constantBitrate,
    boolean fec,
    boolean dtx,
    boolean stereo,
    int lossPercent,
    int decoderComplexity,
    int dredMs,
    boolean nativeLibrary) {

  /** The configuration's name; its file is {@code conf/org.mediacore.codec.opus.cfg}. */
  static final String PID = "org.mediacore.codec.opus";

  static final OpusSettings DEFAULT =
      new OpusSettings(
          32_000, 5, Application.VOIP, Bandwidth.FULL, false, true, false, false, 0, 5, 0, true);

  /** Most that libopus puts into a payload. */
  private static final int MAX_DRED_MS = 1_040;

  /**
   * Reads a configuration.
   *
   * @param properties keys and values, as numbers, booleans or text
   * @param previous what stays for each wrong value
   * @param complaints takes one sentence for each wrong value
   */
  static OpusSettings read(
      Map<String, ?> properties, OpusSettings previous, Consumer<String> complaints) {
    Reader reader = new Reader(properties, complaints);
    return new OpusSettings(
        reader.number(
            "bitrate",
            OpusFmtp.MIN_BITRATE_BPS,
            OpusFmtp.MAX_BITRATE_BPS / 2,
            DEFAULT.bitrateBps,
            previous.bitrateBps),
        reader.number("complexity", 0, 10, DEFAULT.complexity, previous.complexity),
        reader.choice(
            "application",
            Application.values(),
            Application::key,
            DEFAULT.application,
            previous.application),
        reader.choice(
            "bandwidth", Bandwidth.values(), Bandwidth::key, DEFAULT.bandwidth, previous.bandwidth),
        reader.flag("cbr", DEFAULT.constantBitrate, previous.constantBitrate),
        reader.flag("fec", DEFAULT.fec, previous.fec),
        reader.flag("dtx", DEFAULT.dtx, previous.dtx),
        reader.flag("stereo", DEFAULT.stereo, previous.stereo),
        reader.number("loss", 0, 100, DEFAULT.lossPercent, previous.lossPercent),
        reader.number(
            "decoder.complexity", 0, 10, DEFAULT.decoderComplexity, previous.decoderComplexity),
        reader.number("dred", 0, MAX_DRED_MS, DEFAULT.dredMs, previous.dredMs),
        reader.flag("native", DEFAULT.nativeLibrary, previous.nativeLibrary));
  }

  /**
   * What is configured, is not the default, and this library does not have: one sentence for each.
   */
  List<String> missingIn(OpusEngine engine) {
    List<String> missing = new ArrayList<>();
    if (dredMs > 0 && !engine.has(LibraryFeature.DEEP_REDUNDANCY)) {
      missing.add(refusal("dred", dredMs, engine));
    }
    if (decoderComplexity != DEFAULT.decoderComplexity
        && !engine.has(LibraryFeature.DECODER_COMPLEXITY)) {
      missing.add(refusal("decoder.complexity", decoderComplexity, engine));
    }
    return missing;
  }

  private static String refusal(String key, int value, OpusEngine engine) {
    return PID + ": " + key + " = " + value + " has no effect: not in " + engine.description();
  }

  /** What is declared for receiving (RFC 7587 §6.1). */
  Fmtp declared() {
    Fmtp fmtp = Fmtp.NONE;
    if (bandwidth != Bandwidth.FULL) {
      String rateHz = String.valueOf(bandwidth.sampleRateHz());
      fmtp = fmtp.with("maxplaybackrate", rateHz).with("sprop-maxcapturerate", rateHz);
    }
    if (constantBitrate) {
      fmtp = fmtp.with("cbr", "1");
    }
    if (fec) {
      fmtp = fmtp.with("useinbandfec", "1");
    }
    if (dtx) {
      fmtp = fmtp.with("usedtx", "1");
    }
    if (stereo) {
      fmtp = fmtp.with("stereo", "1").with("sprop-stereo", "1");
    }
    return fmtp;
  }

  /** Takes values one by one: absent means the default, wrong means the previous value. */
  private record Reader(Map<String, ?> properties, Consumer<String> complaints) {
    private int number(String key, int min, int max, int absent, int previous) {
      String text = text(key);
      if (text.isEmpty()) {
        return absent;
      }
      if (text.matches("[0-9]{1,9}")) {
        int value = Integer.parseInt(text);
        if (value >= min && value <= max) {
          return value;
        }
      }
      complain(key, text, "a whole number from " + min + " to " + max, String.valueOf(previous));
      return previous;
    }

    private boolean flag(String key, boolean absent, boolean previous) {
      String text = text(key);
      if (text.isEmpty()) {
        return absent;
      }
      if (text.equals("true") || text.equals("false")) {
        return text.equals("true");
      }
      complain(key, text, "true or false", String.valueOf(previous));
      return previous;
    }

    private <T> T choice(String key, T[] values, Function<T, String> name, T absent, T previous) {
      String text = text(key);
      if (text.isEmpty()) {
        return absent;
      }
      StringJoiner allowed = new StringJoiner(", ", "one of ", "");
      for (T value : values) {
        if (name.apply(value).equals(text)) {
          return value;
        }
        allowed.add(name.apply(value));
      }
      complain(key, text, allowed.toString(), name.apply(previous));
      return previous;
    }

    private String text(String key) {
      Object value = properties.get(key);
      return value == null ? "" : value.toString().trim();
    }

    private void complain(String key, String value, String allowed, String previous) {
      complaints.accept(
          PID + ": " + key + " = " + value + " is not " + allowed + "; stays " + previous);
    }
  }
}
