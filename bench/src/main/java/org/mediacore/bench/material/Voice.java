package org.mediacore.bench.material;

/**
 * A signal that keeps a speech codec as busy as speech does: a gliding pitch whose harmonics fall
 * off, cut into syllables, over a little noise. The same for the same rate and length, always.
 */
public final class Voice {
  private static final double LOWEST_PITCH_HZ = 110;
  private static final double PITCH_RANGE_HZ = 70;
  private static final double SYLLABLES_HZ = 4;
  private static final int HARMONICS = 24;
  private static final double PEAK = 14_000;
  private static final int NOISE = 60;

  private Voice() {}

  /**
   * Makes a mono signal.
   *
   * @param sampleRateHz its rate
   * @param samples how long it is
   * @return the samples, a new array
   */
  public static short[] make(int sampleRateHz, int samples) {
    short[] pcm = new short[samples];
    double phase = 0;
    int noise = 1;
    for (int i = 0; i < samples; i++) {
      double seconds = (double) i / sampleRateHz;
      double pitchHz = LOWEST_PITCH_HZ + PITCH_RANGE_HZ * Math.pow(Math.sin(seconds * 2.3), 2);
      phase += pitchHz / sampleRateHz;
      double syllable = Math.sin(Math.PI * SYLLABLES_HZ * seconds);
      double value = PEAK * syllable * syllable * harmonics(phase, pitchHz, sampleRateHz);
      noise = noise * 1_103_515_245 + 12_345;
      pcm[i] = (short) Math.round(value + NOISE * (noise >> 16) / 32_768.0);
    }
    return pcm;
  }

  /** From -1 to 1: cosines with 1/n weights, as far as the rate carries them. */
  private static double harmonics(double phase, double pitchHz, int sampleRateHz) {
    double sum = 0;
    double weights = 0;
    for (int n = 1; n <= HARMONICS && n * pitchHz < sampleRateHz * 0.45; n++) {
      sum += Math.cos(2 * Math.PI * n * phase) / n;
      weights += 1.0 / n;
    }
    return sum / weights;
  }
}
