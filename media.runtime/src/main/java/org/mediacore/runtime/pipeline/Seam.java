package org.mediacore.runtime.pipeline;

import java.util.OptionalDouble;
import org.mediacore.api.codec.AudioFormat;

/** Joins what a predecessor and its successor made of the same audio. */
final class Seam {
  private static final int FADE_US = 5_000;

  private Seam() {}

  /** The level of {@code after} minus that of {@code before}, where both are above silence. */
  static OptionalDouble levelStepDb(
      short[] before, int offset, short[] after, int samples, int channels) {
    double energyBefore = 0;
    double energyAfter = 0;
    for (int i = 0; i < samples * channels; i++) {
      energyBefore += (double) before[offset + i] * before[offset + i];
      energyAfter += (double) after[i] * after[i];
    }
    double floor = floor(samples);
    return energyBefore < floor || energyAfter < floor
        ? OptionalDouble.empty()
        : OptionalDouble.of(10 * Math.log10(energyAfter / energyBefore));
  }

  /** Below about -70 dBov a level says nothing about what is heard. */
  private static double floor(int samples) {
    return 100.0 * samples;
  }

  /** How loud the difference of both is, against the first; very small in silence. */
  static double differenceDb(short[] before, int offset, short[] after, int samples, int channels) {
    double energy = 0;
    double difference = 0;
    for (int i = 0; i < samples * channels; i++) {
      double apart = before[offset + i] - after[i];
      energy += (double) before[offset + i] * before[offset + i];
      difference += apart * apart;
    }
    double floor = floor(samples);
    return difference < floor
        ? Double.NEGATIVE_INFINITY
        : 10 * Math.log10(difference / Math.max(energy, floor));
  }

  /**
   * Fades from {@code output} to {@code next} over 5 ms, then goes on with {@code next}.
   *
   * @param output changed from {@code offset} on into what is heard
   * @param next from element 0 on
   */
  static void crossFade(short[] output, int offset, short[] next, int samples, AudioFormat format) {
    int channels = format.channels();
    int fade = Math.min(samples, format.samplesIn(FADE_US));
    for (int i = 0; i < fade; i++) {
      for (int c = 0; c < channels; c++) {
        int at = i * channels + c;
        output[offset + at] = (short) ((output[offset + at] * (fade - i) + next[at] * i) / fade);
      }
    }
    System.arraycopy(
        next, fade * channels, output, offset + fade * channels, (samples - fade) * channels);
  }
}
