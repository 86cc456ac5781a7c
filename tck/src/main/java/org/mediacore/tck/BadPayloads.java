package org.mediacore.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Payloads as a broken or hostile peer sends them. */
final class BadPayloads {
  private BadPayloads() {}

  /** Random bytes of many lengths, and good payloads with flipped bits, cut off or run on. */
  static List<byte[]> from(List<byte[]> good, Random random) {
    List<byte[]> bad = new ArrayList<>();
    for (int length : new int[] {0, 1, 2, 3, 5, 12, 33, 160, 333, 1_275, 1_500, 9_000, 60_000}) {
      for (int i = 0; i < 8; i++) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bad.add(bytes);
      }
      bad.add(new byte[length]);
      byte[] ones = new byte[length];
      Arrays.fill(ones, (byte) 0xFF);
      bad.add(ones);
    }
    for (byte[] payload : good) {
      for (int i = 0; i < 8 && payload.length > 0; i++) {
        byte[] flipped = payload.clone();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        bad.add(flipped);
      }
      bad.add(Arrays.copyOf(payload, payload.length / 2));
      bad.add(Arrays.copyOf(payload, payload.length + 1));
      bad.add(Arrays.copyOf(payload, payload.length * 50));
    }
    return bad;
  }

  static String describe(byte[] payload) {
    int shown = Math.min(16, payload.length);
    return payload.length
        + " bytes "
        + HexFormat.of().formatHex(payload, 0, shown)
        + (shown < payload.length ? "..." : "");
  }
}
