package org.mediacore.dsp;

/**
 * Measures how much of a block's energy sits at one frequency.
 *
 * <p>G. Goertzel's recursion (American Mathematical Monthly 65, 1958) gives the block's correlation
 * with cosine and sine; the share is the energy of the least-squares fit of both. So a pure tone
 * scores 1 whatever its phase, and however many (or how few) of its periods the block holds.
 *
 * <p>Immutable and allocation-free; any thread.
 */
public final class Goertzel {
  private final double omega;

  /**
   * @param sampleRateHz sampling rate in Hz, from 1
   * @param frequencyHz frequency in Hz, above 0 and below half the sampling rate
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Goertzel(int sampleRateHz, double frequencyHz) {
    if (sampleRateHz < 1 || !(frequencyHz > 0 && frequencyHz < sampleRateHz / 2.0)) {
      throw new IllegalArgumentException(
          "frequencyHz "
              + frequencyHz
              + " at sampleRateHz "
              + sampleRateHz
              + ": above 0, below half the sampling rate");
    }
    omega = 2 * Math.PI * frequencyHz / sampleRateHz;
  }

  /**
   * Share of a mono block's energy, constant offset included, that sits at the frequency.
   *
   * @param pcm the samples, read only
   * @param offset first array element to read
   * @param samples number of samples
   * @return 0 (none, or a block that is silent or shorter than 3 samples) to 1 (a pure tone)
   */
  public double toneShare(short[] pcm, int offset, int samples) {
    return toneShare(pcm, offset, samples, 1);
  }

  /**
   * Share of one channel's energy, constant offset included, that sits at the frequency.
   *
   * @param pcm interleaved samples, read only
   * @param offset array element of the channel's first sample
   * @param samples samples per channel
   * @param channels interleaved channels: the distance between two samples of the channel
   * @return 0 (none, or a block that is silent or shorter than 3 samples) to 1 (a pure tone)
   */
  public double toneShare(short[] pcm, int offset, int samples, int channels) {
    double twiceCosine = 2 * Math.cos(omega);
    double newer = 0;
    double older = 0;
    double energy = 0;
    for (int i = 0, from = offset; i < samples; i++, from += channels) {
      double x = pcm[from];
      double next = x + twiceCosine * newer - older;
      older = newer;
      newer = next;
      energy += x * x;
    }
    if (energy == 0 || samples < 3) {
      return 0;
    }
    // Sums of x * cos(omega m) and x * sin(omega m), m counted back from the last sample.
    double cosine = newer - older * Math.cos(omega);
    double sine = older * Math.sin(omega);
    // The two are not quite orthogonal over a block: solve the 2 x 2 normal equations.
    double ratio = Math.sin(samples * omega) / Math.sin(omega);
    double cc = (samples + ratio * Math.cos((samples - 1) * omega)) / 2;
    double ss = samples - cc;
    double cs = ratio * Math.sin((samples - 1) * omega) / 2;
    double determinant = cc * ss - cs * cs;
    double fit = (ss * cosine * cosine - 2 * cs * cosine * sine + cc * sine * sine) / determinant;
    return Math.max(0, Math.min(1, fit / energy));
  }
}
