package org.mediacore.dsp;

/**
 * Measures a block's level in dBov: decibels relative to the overload point of the 16-bit system. 0
 * dBov is the power of a full-scale square wave, so a full-scale sine is at -3.01 dBov (RFC 6464
 * section 3, RFC 6465 section 3).
 *
 * <p>Silence is reported as {@link #SILENCE_DBOV}, the lowest level that RFC 6464 can express.
 *
 * <p>The instance keeps the result of the last {@link #measure}; one thread at a time; nothing is
 * allocated.
 */
public final class LevelMeter {
  /** The level of digital silence, and the lowest that is ever reported. */
  public static final double SILENCE_DBOV = -127;

  private static final double FULL_SCALE = 32768;

  private double meanSquare;
  private int peak;

  /**
   * Measures a block; several channels count as one signal.
   *
   * @param pcm samples, read only
   * @param offset first array element to read
   * @param elements array elements: samples per channel times channels; 0 counts as silence
   */
  public void measure(short[] pcm, int offset, int elements) {
    long energy = 0;
    int low = 0;
    int high = 0;
    for (int i = offset; i < offset + elements; i++) {
      int x = pcm[i];
      energy += x * x;
      low = Math.min(low, x);
      high = Math.max(high, x);
    }
    meanSquare = elements == 0 ? 0 : (double) energy / elements / (FULL_SCALE * FULL_SCALE);
    peak = Math.max(-low, high);
  }

  /** Root mean square level of the last block in dBov, -127 to 0. */
  public double rmsDbov() {
    return clamp(10 * Math.log10(meanSquare));
  }

  /** Level of the largest sample of the last block in dBov, -127 to 0. */
  public double peakDbov() {
    return clamp(20 * Math.log10(peak / FULL_SCALE));
  }

  /** Mean of the squares of the last block, 0 to 1, where 1 is 0 dBov. */
  public double meanSquare() {
    return meanSquare;
  }

  /** The last block's level as RFC 6464 writes it: -dBov as a whole number, 0 (loudest) to 127. */
  public int audioLevel() {
    return (int) Math.rint(-rmsDbov());
  }

  private static double clamp(double levelDbov) {
    return Math.max(SILENCE_DBOV, levelDbov);
  }
}
