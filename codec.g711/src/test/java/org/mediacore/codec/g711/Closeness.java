package org.mediacore.codec.g711;

import java.util.Locale;
import org.mediacore.dsp.SpectralDistance;

/**
 * How close concealed audio is to the clean one, where somebody talks: over every lost 10 ms and
 * the 10 ms behind each loss.
 */
final class Closeness {
  private static final int SEGMENT = 80;

  /** Segments that are softer, about -61 dBov, say nothing. */
  private static final double AUDIBLE_RMS = 30;

  private final SpectralDistance distance = new SpectralDistance();
  private double snrSum;
  private double distanceSum;
  private int snrCount;
  private int distanceCount;

  void add(short[] clean, short[] concealed, boolean[] lost) {
    for (int i = 0; i < lost.length; i++) {
      if ((lost[i] || i > 0 && lost[i - 1]) && isAudible(clean, i * SEGMENT)) {
        addSegment(clean, concealed, i * SEGMENT);
      }
    }
  }

  private static boolean isAudible(short[] pcm, int at) {
    return Math.sqrt((double) PitchPeriod.energy(pcm, at, SEGMENT) / SEGMENT) > AUDIBLE_RMS;
  }

  private void addSegment(short[] clean, short[] concealed, int at) {
    double noise = 1e-9;
    for (int i = at; i < at + SEGMENT; i++) {
      double difference = clean[i] - concealed[i];
      noise += difference * difference;
    }
    double snrDb = 10 * Math.log10(PitchPeriod.energy(clean, at, SEGMENT) / noise);
    snrSum += Math.max(-10, Math.min(35, snrDb));
    snrCount++;
    int window = at + SEGMENT / 2 - SpectralDistance.WINDOW / 2;
    if (window >= 0 && window + SpectralDistance.WINDOW <= clean.length) {
      distanceSum += distance.of(clean, window, concealed, window);
      distanceCount++;
    }
  }

  /** Mean of the segments' ratio of signal to error, each within -10 to 35 dB. */
  double segmentalSnrDb() {
    return snrSum / snrCount;
  }

  /** Mean log-spectral distance of 32 ms around each segment, in dB. */
  double distanceDb() {
    return distanceSum / distanceCount;
  }

  int segments() {
    return snrCount;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f / %.1f", segmentalSnrDb(), distanceDb());
  }
}
