package org.mediacore.codec.aac;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mediacore.api.codec.Fmtp;

/**
 * The format parameters of RFC 3640 §4.1, checked.
 *
 * @param sizeBits bits of an access unit's size in its header
 * @param indexBits bits of its index
 * @param config what the stream is
 * @param configBytes the same for the decoder
 */
record AacFmtp(int sizeBits, int indexBits, AacConfig config, byte[] configBytes) {
  /** What else an answer repeats from the offer. */
  private static final List<String> REPEATED =
      List.of(
          "streamtype",
          "profile-level-id",
          "mode",
          "sizelength",
          "indexlength",
          "indexdeltalength",
          "constantduration",
          "config");

  /** Fields of an access unit's header that are not read; they must not be there. */
  private static final List<String> NOT_READ =
      List.of(
          "ctsdeltalength",
          "dtsdeltalength",
          "randomaccessindication",
          "streamstateindication",
          "auxiliarydatasizelength");

  /**
   * Reads parameters. Only the modes AAC-hbr and AAC-lbr are known, each with the lengths that the
   * RFC gives it (§3.3.5, §3.3.6).
   *
   * @return empty where they are others, or the configuration is missing or not decoded here
   */
  static Optional<AacFmtp> of(Fmtp fmtp) {
    String mode = fmtp.get("mode", "").toLowerCase(Locale.ROOT);
    boolean high = mode.equals("aac-hbr");
    int sizeBits = high ? 13 : 6;
    int indexBits = high ? 3 : 2;
    boolean supported =
        (high || mode.equals("aac-lbr"))
            && is(fmtp, "sizelength", sizeBits)
            && is(fmtp, "indexlength", indexBits)
            && is(fmtp, "indexdeltalength", indexBits)
            && NOT_READ.stream().allMatch(name -> fmtp.get(name, "0").equals("0"));
    Optional<byte[]> bytes = hex(fmtp.get("config", ""));
    if (!supported || bytes.isEmpty()) {
      return Optional.empty();
    }
    return AacConfig.read(bytes.get())
        .map(config -> new AacFmtp(sizeBits, indexBits, config, bytes.get()));
  }

  private static boolean is(Fmtp fmtp, String name, int wanted) {
    return fmtp.getInt(name).orElse(-1) == wanted;
  }

  private static Optional<byte[]> hex(String text) {
    String digits = text.replace("\"", "");
    boolean valid = digits.length() % 2 == 0 && digits.matches("[0-9A-Fa-f]{2,128}");
    return valid ? Optional.of(HexFormat.of().parseHex(digits)) : Optional.empty();
  }

  /** What is understood of a peer's parameters, to be declared in turn. */
  static Fmtp repeated(Fmtp remote) {
    Fmtp fmtp = Fmtp.NONE;
    for (String name : REPEATED) {
      if (remote.parameters().containsKey(name)) {
        fmtp = fmtp.with(name, remote.get(name, ""));
      }
    }
    return fmtp;
  }
}
