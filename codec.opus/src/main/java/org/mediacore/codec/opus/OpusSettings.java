package org.mediacore.codec.opus;

import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.mediacore.api.codec.Fmtp;

/**
 * The configuration {@link #PID}, checked.
 *
 * @param bitrateBps mean bit rate of a mono stream; a stereo stream gets twice as much
 * @param complexity effort of the encoder, 0 to 10
 * @param application what encoders optimise for
 * @param fec whether in-band redundancy is asked for, and sent where the peer asks for it
 * @param dtx whether the peer is asked to leave out silence
 * @param stereo whether stereo is asked for, and sent where the peer asks for it
 * @param lossPercent loss that an encoder expects until the peer reports
 * @param nativeLibrary whether libopus is used where it can be loaded
 */
record OpusSettings(
    int bitrateBps,
    int complexity,
    Application application,
    boolean fec,
    boolean dtx,
    boolean stereo,
    int lossPercent,
    boolean nativeLibrary) {

  /** The configuration's name; its file is {@code conf/org.mediacore.codec.opus.cfg}. */
  static final String PID = "org.mediacore.codec.opus";

  static final OpusSettings DEFAULT =
      new OpusSettings(32_000, 5, Application.VOIP, true, false, false, 0, true);

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
        reader.application(DEFAULT.application, previous.application),
        reader.flag("fec", DEFAULT.fec, previous.fec),
        reader.flag("dtx", DEFAULT.dtx, previous.dtx),
        reader.flag("stereo", DEFAULT.stereo, previous.stereo),
        reader.number("loss", 0, 100, DEFAULT.lossPercent, previous.lossPercent),
        reader.flag("native", DEFAULT.nativeLibrary, previous.nativeLibrary));
  }

  /** What is declared for receiving (RFC 7587 §6.1). */
  Fmtp declared() {
    Fmtp fmtp = Fmtp.NONE;
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

    private Application application(Application absent, Application previous) {
      String text = text("application");
      if (text.isEmpty()) {
        return absent;
      }
      StringJoiner allowed = new StringJoiner(", ", "one of ", "");
      for (Application application : Application.values()) {
        if (application.key().equals(text)) {
          return application;
        }
        allowed.add(application.key());
      }
      complain("application", text, allowed.toString(), previous.key());
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
