package org.mediacore.dsp;

import java.util.Arrays;

/**
 * Channel conversion with any gains that cannot clip: each output channel is a weighted sum of the
 * input channels, and the magnitudes of its weights add up to one at most.
 *
 * <p>Gains are kept in steps of 1/32768; sums are exact and rounded once, halves up. A single gain
 * of 1 copies its channel bit for bit. The one value that saturates is -32768 inverted, which
 * becomes 32767. {@link Channels} does mono and stereo, in place too.
 *
 * <p>Immutable; any thread. Nothing is allocated per call.
 */
public final class GainMatrix {
  private static final int ONE = 1 << 15;
  private static final int MAX_CHANNELS = 32;

  private final int inChannels;
  private final int outChannels;

  /** Row after row, one row per output channel. */
  private final int[] gains;

  private GainMatrix(double[][] rows, double scale) {
    outChannels = rows.length;
    inChannels = rows[0].length;
    gains = new int[outChannels * inChannels];
    for (int out = 0; out < outChannels; out++) {
      int left = ONE;
      for (int in = 0; in < inChannels; in++) {
        int gain = (int) Math.round(rows[out][in] * scale * ONE);
        // Rounding up several gains must not take their sum beyond one.
        int fitting = Math.max(-left, Math.min(left, gain));
        gains[out * inChannels + in] = fitting;
        left -= Math.abs(fitting);
      }
    }
  }

  /**
   * Takes gains as they are.
   *
   * @param rows one row per output channel, one gain per input channel, as factors
   * @throws IllegalArgumentException unless there are 1 to 32 rows of one length of 1 to 32, all
   *     gains are finite, and the magnitudes of every row add up to 1 at most
   */
  public static GainMatrix of(double[][] rows) {
    double loudest = loudest(rows);
    if (loudest > 1 + 1e-9) {
      throw new IllegalArgumentException(
          "gains of a row add up to " + loudest + ", which can clip: 1 at most, or normalised()");
    }
    return new GainMatrix(rows, 1);
  }

  /**
   * Takes gains for their proportions: lowers all of them by one factor, so that the magnitudes of
   * the loudest row add up to 1. Gains that cannot clip are left as they are.
   *
   * @param rows one row per output channel, one gain per input channel, as factors
   * @throws IllegalArgumentException unless there are 1 to 32 rows of one length of 1 to 32, and
   *     all gains are finite
   */
  public static GainMatrix normalised(double[][] rows) {
    return new GainMatrix(rows, 1 / Math.max(1, loudest(rows)));
  }

  private static double loudest(double[][] rows) {
    boolean shaped =
        rows.length >= 1
            && rows.length <= MAX_CHANNELS
            && rows[0].length >= 1
            && rows[0].length <= MAX_CHANNELS
            && Arrays.stream(rows).allMatch(row -> row.length == rows[0].length);
    if (!shaped) {
      throw new IllegalArgumentException(
          "gains " + Arrays.deepToString(rows) + ": 1 to 32 rows of one length of 1 to 32");
    }
    double loudest = 0;
    for (double[] row : rows) {
      double sum = Arrays.stream(row).map(Math::abs).sum();
      if (!Double.isFinite(sum)) {
        throw new IllegalArgumentException("gains " + Arrays.toString(row) + ": finite numbers");
      }
      loudest = Math.max(loudest, sum);
    }
    return loudest;
  }

  /** Channels that go in. */
  public int inChannels() {
    return inChannels;
  }

  /** Channels that come out. */
  public int outChannels() {
    return outChannels;
  }

  /** The gain, as a factor in steps of 1/32768, of an input channel in an output channel. */
  public double gain(int outChannel, int inChannel) {
    return gains[outChannel * inChannels + inChannel] / (double) ONE;
  }

  /**
   * Converts a block.
   *
   * @param in interleaved input, read only; must not overlap the output
   * @param inOffset first array element to read
   * @param out receives interleaved output
   * @param outOffset first array element to write
   * @param samples samples per channel
   */
  public void apply(short[] in, int inOffset, short[] out, int outOffset, int samples) {
    int to = outOffset;
    for (int i = 0, from = inOffset; i < samples; i++, from += inChannels) {
      for (int row = 0; row < gains.length; row += inChannels) {
        int sum = ONE / 2;
        for (int channel = 0; channel < inChannels; channel++) {
          sum += gains[row + channel] * in[from + channel];
        }
        out[to++] = (short) Math.min(Short.MAX_VALUE, sum >> 15);
      }
    }
  }

  /**
   * Converts a block of floats, with the same gains and nothing rounded.
   *
   * @param in interleaved input, read only; must not overlap the output
   * @param inOffset first array element to read
   * @param out receives interleaved output
   * @param outOffset first array element to write
   * @param samples samples per channel
   */
  public void apply(float[] in, int inOffset, float[] out, int outOffset, int samples) {
    int to = outOffset;
    for (int i = 0, from = inOffset; i < samples; i++, from += inChannels) {
      for (int row = 0; row < gains.length; row += inChannels) {
        float sum = 0;
        for (int channel = 0; channel < inChannels; channel++) {
          sum += gains[row + channel] * in[from + channel];
        }
        out[to++] = sum * (1f / ONE);
      }
    }
  }
}
