package org.mediacore.dsp;

/**
 * A sine wave that runs on without a phase jump from block to block and across changes of frequency
 * and level. For tests and for judging what a peer sends back.
 *
 * <p>The state is the phase; one thread per instance; nothing is allocated after construction.
 */
public final class ToneGenerator {
  private static final double TWO_PI = 2 * Math.PI;

  private final int sampleRateHz;
  private final int channels;
  private double phase;
  private double step;
  private double peak;

  /**
   * @param sampleRateHz sampling rate in Hz, from 1
   * @param channels interleaved channels, from 1; all carry the same tone
   * @param frequencyHz frequency in Hz, above 0 and below half the sampling rate
   * @param levelDbfs peak level in dB relative to a full-scale sine (peak 32767), at most 0
   * @throws IllegalArgumentException if a value is out of its range
   */
  public ToneGenerator(int sampleRateHz, int channels, double frequencyHz, double levelDbfs) {
    if (sampleRateHz < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "sampleRateHz " + sampleRateHz + ", channels " + channels + ": each from 1");
    }
    this.sampleRateHz = sampleRateHz;
    this.channels = channels;
    setFrequency(frequencyHz);
    setLevel(levelDbfs);
  }

  /**
   * Changes the frequency from the next sample on.
   *
   * @param frequencyHz frequency in Hz, above 0 and below half the sampling rate
   * @throws IllegalArgumentException if it is not
   */
  public void setFrequency(double frequencyHz) {
    if (!(frequencyHz > 0 && frequencyHz < sampleRateHz / 2.0)) {
      throw new IllegalArgumentException(
          "frequencyHz " + frequencyHz + ": above 0, below " + sampleRateHz / 2.0);
    }
    step = TWO_PI * frequencyHz / sampleRateHz;
  }

  /**
   * Changes the level from the next sample on.
   *
   * @param levelDbfs peak level in dB relative to a full-scale sine, at most 0
   * @throws IllegalArgumentException if it is above 0
   */
  public void setLevel(double levelDbfs) {
    if (!(levelDbfs <= 0)) {
      throw new IllegalArgumentException("levelDbfs " + levelDbfs + ": at most 0");
    }
    peak = Short.MAX_VALUE * Math.pow(10, levelDbfs / 20);
  }

  /**
   * Writes the next block.
   *
   * @param pcm receives the interleaved samples
   * @param offset first array element to write
   * @param samples samples per channel
   */
  public void generate(short[] pcm, int offset, int samples) {
    int to = offset;
    for (int i = 0; i < samples; i++) {
      short value = (short) Math.rint(peak * Math.sin(phase));
      for (int channel = 0; channel < channels; channel++) {
        pcm[to++] = value;
      }
      phase += step;
      if (phase >= TWO_PI) {
        phase -= TWO_PI;
      }
    }
  }
}
