package org.mediacore.codec.g711;

/**
 * Whether somebody talks, by the level alone: a frame is silence where it is near the softest level
 * of the last seconds and below {@value #LOUDEST_DBOV} dBov, so that no steady tone or music is
 * ever taken for silence; but not within {@value #HANG_OVER_MS} ms behind anything else. One
 * thread; nothing is allocated.
 */
final class SilenceDetector {
  static final int LOUDEST_DBOV = -40;
  static final int HANG_OVER_MS = 200;
  private static final int SAMPLES_PER_MS = 8;

  /** Mean square of a full-scale square wave. */
  private static final double FULL_SCALE = 32_768.0 * 32_768.0;

  private static final double LOUDEST = FULL_SCALE * Math.pow(10, LOUDEST_DBOV / 10.0);

  /** 6 dB over the floor is no background any more. */
  private static final double MARGIN = 4;

  /** Least floor, about -78 dBov: below that all is silence. */
  private static final double LEAST_FLOOR = FULL_SCALE * 1.6e-8;

  /** The floor rises by 3 dB in a second. */
  private static final double RISE_PER_SAMPLE = Math.pow(2, 1.0 / 8_000);

  /** The floor is that of the mean over about 80 ms. */
  private static final double SMOOTHING = 640;

  private double smoothed = LOUDEST;
  private double floor = LOUDEST;
  private int sinceSpeech;

  /** Judges the next frame. */
  boolean isSilence(double meanSquare, int samples) {
    floor = Math.min(LOUDEST, floor * Math.pow(RISE_PER_SAMPLE, samples));
    smoothed += (meanSquare - smoothed) * Math.min(1, samples / SMOOTHING);
    floor = Math.max(LEAST_FLOOR, Math.min(floor, smoothed));
    if (meanSquare > Math.min(LOUDEST, floor * MARGIN)) {
      sinceSpeech = 0;
      return false;
    }
    sinceSpeech = Math.min(sinceSpeech + samples, HANG_OVER_MS * SAMPLES_PER_MS + 1);
    return sinceSpeech > HANG_OVER_MS * SAMPLES_PER_MS;
  }
}
