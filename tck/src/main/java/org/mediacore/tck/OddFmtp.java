package org.mediacore.tck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.mediacore.api.codec.Fmtp;

/** Format parameters that are out of range, not numbers, of other codecs, or plain noise. */
final class OddFmtp {
  private static final List<String> NAMES =
      List.of(
          "stereo",
          "sprop-stereo",
          "maxplaybackrate",
          "sprop-maxcapturerate",
          "useinbandfec",
          "usedtx",
          "cbr",
          "maxaveragebitrate",
          "minptime",
          "ptime",
          "maxptime",
          "mode",
          "mode-set",
          "octet-align",
          "bitrate",
          "rate",
          "channels",
          "annexb",
          "x",
          "",
          "\u00e4",
          "0-15");
  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "1",
          "2",
          "-1",
          "20",
          "30",
          "60",
          "8000",
          "16000",
          "48000",
          "510000",
          "64000",
          "2147483647",
          "2147483648",
          "-2147483648",
          "99999999999999999999",
          "1.5",
          "yes",
          "on",
          "0,2,4,7",
          " 1 ",
          "\u0661",
          "\uD83D\uDE00",
          "%s",
          "a=b;c");

  private final Random random;

  OddFmtp(Random random) {
    this.random = random;
  }

  /** The next ones; some of them built on what the codec itself declares. */
  Fmtp next(Fmtp base) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (random.nextBoolean()) {
      parameters.putAll(base.parameters());
    }
    List<String> names = new ArrayList<>(NAMES);
    names.addAll(base.parameters().keySet());
    for (int i = random.nextInt(5); i > 0; i--) {
      parameters.put(pick(names), random.nextInt(8) == 0 ? noise() : pick(VALUES));
    }
    return new Fmtp(parameters);
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String noise() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append((char) random.nextInt(0x3000));
    }
    return text.toString();
  }
}
