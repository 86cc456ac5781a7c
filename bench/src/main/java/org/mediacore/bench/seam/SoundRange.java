package org.mediacore.bench.seam;

import java.util.Arrays;

/**
 * Between what levels a leg's sound was in a run without swaps. All tones are steady, so in G.711
 * that is nearly one level; Opus has a range of its own.
 *
 * @param lowestDb of any 20 ms
 * @param highestDb of any 20 ms
 * @param lowestToneDb of each tone, of any 20 ms
 */
record SoundRange(float lowestDb, float highestDb, float[] lowestToneDb) {
  /** Takes the range of what came in some time and is not the machine's. */
  static SoundRange of(Sound sound, Span span, Standstills standstills) {
    float lowest = Float.MAX_VALUE;
    float highest = -Float.MAX_VALUE;
    float[] lowestTone = new float[sound.toneDb().length];
    Arrays.fill(lowestTone, Float.MAX_VALUE);
    for (int frame = 0; frame < sound.frames(); frame++) {
      long ns = sound.atNs()[frame];
      if (span.holds(ns) && !standstills.reach(ns)) {
        lowest = Math.min(lowest, sound.levelDb()[frame]);
        highest = Math.max(highest, sound.levelDb()[frame]);
        for (int tone = 0; tone < lowestTone.length; tone++) {
          lowestTone[tone] = Math.min(lowestTone[tone], sound.toneDb()[tone][frame]);
        }
      }
    }
    return new SoundRange(lowest, highest, lowestTone);
  }

  /** How wide: with much of it nothing can be judged. */
  float widthDb() {
    return highestDb - lowestDb;
  }
}
