package org.mediacore.sdp;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The payload type numbers with a fixed meaning (RFC 3551 §6, tables 4 and 5). */
public final class StaticPayloadTypes {
  private static final Map<Integer, RtpEncoding> TABLE = table();

  private StaticPayloadTypes() {}

  /** The encoding a number stands for without an rtpmap; empty for all other numbers. */
  public static Optional<RtpEncoding> encoding(int payloadType) {
    return Optional.ofNullable(TABLE.get(payloadType));
  }

  /** The number with this fixed meaning, if there is one. */
  public static OptionalInt payloadType(RtpEncoding encoding) {
    for (Map.Entry<Integer, RtpEncoding> entry : TABLE.entrySet()) {
      if (entry.getValue().equals(encoding)) {
        return OptionalInt.of(entry.getKey());
      }
    }
    return OptionalInt.empty();
  }

  private static Map<Integer, RtpEncoding> table() {
    Map<Integer, RtpEncoding> t = new TreeMap<>();
    t.put(0, new RtpEncoding("PCMU", 8000));
    t.put(3, new RtpEncoding("GSM", 8000));
    t.put(4, new RtpEncoding("G723", 8000));
    t.put(5, new RtpEncoding("DVI4", 8000));
    t.put(6, new RtpEncoding("DVI4", 16000));
    t.put(7, new RtpEncoding("LPC", 8000));
    t.put(8, new RtpEncoding("PCMA", 8000));
    t.put(9, new RtpEncoding("G722", 8000));
    t.put(10, new RtpEncoding("L16", 44100, 2));
    t.put(11, new RtpEncoding("L16", 44100, 1));
    t.put(12, new RtpEncoding("QCELP", 8000));
    t.put(13, new RtpEncoding("CN", 8000));
    t.put(14, new RtpEncoding("MPA", 90000));
    t.put(15, new RtpEncoding("G728", 8000));
    t.put(16, new RtpEncoding("DVI4", 11025));
    t.put(17, new RtpEncoding("DVI4", 22050));
    t.put(18, new RtpEncoding("G729", 8000));
    t.put(25, new RtpEncoding("CelB", 90000));
    t.put(26, new RtpEncoding("JPEG", 90000));
    t.put(28, new RtpEncoding("nv", 90000));
    t.put(31, new RtpEncoding("H261", 90000));
    t.put(32, new RtpEncoding("MPV", 90000));
    t.put(33, new RtpEncoding("MP2T", 90000));
    t.put(34, new RtpEncoding("H263", 90000));
    return t;
  }
}
