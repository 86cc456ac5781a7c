package org.mediacore.dsp;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Makes audio a little longer or shorter, to follow a clock that runs faster or slower: a sound
 * card against the network, a sender against us. The rate stays the same by name; the ratio can be
 * changed at any time.
 *
 * <p>Every output is computed at its own place between the input samples: a windowed-sinc filter
 * with its coefficients interpolated linearly between 512 phases (1,024 for BEST). A change moves
 * only the distance of the places that follow, so the signal stays continuous: no click, no jump of
 * phase. Where the input is cut into calls makes no difference to the bits that come out.
 *
 * <p>Up to {@link Resampler.Quality#passBand} of the Nyquist frequency the signal is unchanged but
 * for its time. What is above may leave images, mirrored at the Nyquist frequency, which therefore
 * are above that edge, too.
 *
 * <p>The instance owns its state and is used by one thread at a time; tables are shared. After
 * {@link #create} nothing is allocated.
 */
public final class DriftResampler {
  /** The most that it can be set to, either way. */
  public static final double MAX_PPM = 5_000;

  private static final int MAX_CHUNK_SAMPLES = 960;
  private static final long ONE = 1L << 32;

  private static final Map<Resampler.Quality, SoftReference<Table>> CACHE =
      new EnumMap<>(Resampler.Quality.class);

  private final int channels;
  private final Table table;

  /** Per channel: taps - 1 old samples, then the chunk. */
  private final float[][] window;

  /** Distance of two outputs, in 2^-32 input samples. */
  private long step = ONE;

  /** Position of the next output after the next input sample, in 2^-32 input samples. */
  private long position;

  /**
   * Makes one that changes nothing but the delay, until {@link #setPpm}.
   *
   * @param channels 1 or 2; stereo is interleaved
   * @param quality the filter
   * @throws IllegalArgumentException if there are other than 1 or 2 channels
   */
  public static DriftResampler create(int channels, Resampler.Quality quality) {
    if (channels < 1 || channels > 2) {
      throw new IllegalArgumentException("channels " + channels + ": 1 or 2");
    }
    return new DriftResampler(channels, Table.of(Objects.requireNonNull(quality, "quality")));
  }

  private DriftResampler(int channels, Table table) {
    this.channels = channels;
    this.table = table;
    window = new float[channels][table.taps - 1 + MAX_CHUNK_SAMPLES];
  }

  /**
   * Sets how many more samples come out than go in, in parts per million: 100 makes 48,000 samples
   * 48,004.8. It counts from the next output on and is met to 0.0003 ppm.
   *
   * @param ppm -{@link #MAX_PPM} to {@link #MAX_PPM}; beyond, and what is not a number, is taken as
   *     the nearest of these, or 0
   */
  public void setPpm(double ppm) {
    double allowed = Math.max(-MAX_PPM, Math.min(MAX_PPM, Double.isNaN(ppm) ? 0 : ppm));
    step = Math.round(ONE / (1 + allowed * 1e-6));
  }

  /** What it is set to, in parts per million. */
  public double ppm() {
    return ((double) ONE / step - 1) * 1e6;
  }

  /**
   * Converts one block.
   *
   * @param in interleaved input, read only; must not overlap the output
   * @param inOffset first array element to read
   * @param inSamples samples per channel to read, any number from 0
   * @param out receives interleaved output, room for {@link #maxOutputSamples} samples
   * @param outOffset first array element to write
   * @return samples per channel written; rounded half up, and clipped where they exceed 16 bits
   */
  public int process(short[] in, int inOffset, int inSamples, short[] out, int outOffset) {
    int consumed = 0;
    int written = 0;
    while (consumed < inSamples) {
      int chunk = Math.min(MAX_CHUNK_SAMPLES, inSamples - consumed);
      int from = inOffset + consumed * channels;
      written += convert(in, from, chunk, out, outOffset + written * channels);
      consumed += chunk;
    }
    return written;
  }

  /**
   * The most samples per channel that {@link #process} can write for a block, whatever the ratio is
   * set to.
   *
   * @param inSamples samples per channel of the block
   */
  public int maxOutputSamples(int inSamples) {
    return (int) Math.ceil(inSamples * (1 + MAX_PPM * 1e-6)) + 1;
  }

  /** Group delay in samples per channel. */
  public int delaySamples() {
    return table.delaySamples;
  }

  /** Forgets the past, and keeps the ratio. */
  public void reset() {
    position = 0;
    for (float[] channelWindow : window) {
      Arrays.fill(channelWindow, 0);
    }
  }

  private int convert(short[] in, int inOffset, int chunk, short[] out, int outOffset) {
    long available = chunk * ONE - position;
    int outputs = available <= 0 ? 0 : (int) ((available + step - 1) / step);
    int history = table.taps - 1;
    for (int channel = 0; channel < channels; channel++) {
      float[] x = window[channel];
      for (int i = 0, from = inOffset + channel; i < chunk; i++, from += channels) {
        x[history + i] = in[from];
      }
      long at = position;
      for (int n = 0, to = outOffset + channel; n < outputs; n++, to += channels) {
        out[to] = Samples.toPcm16(table.interpolate(x, (int) (at >>> 32) + history, (int) at));
        at += step;
      }
      System.arraycopy(x, chunk, x, 0, history);
    }
    position += outputs * step - chunk * ONE;
    return outputs;
  }

  /** Coefficients of all phases, and one row more, so that each phase has a next one. */
  private static final class Table {
    final int taps;
    final int delaySamples;
    private final int phaseBits;
    private final float[] coefficients;

    private Table(Resampler.Quality quality) {
      phaseBits = quality == Resampler.Quality.BEST ? 10 : 9;
      int phases = 1 << phaseBits;
      double edge = quality.passBand() / 2;
      var spec = new PolyphaseTable.Spec(phases, 1, edge, 1 - edge, quality.stopBandDb());
      delaySamples = (int) ((spec.halfLength() + phases - 1) / phases);
      PolyphaseTable filter = new PolyphaseTable(spec, delaySamples * phases);
      taps = filter.taps;
      coefficients = Arrays.copyOf(filter.coefficients, (phases + 1) * taps);
      // The row behind the last is the first, one sample older.
      System.arraycopy(coefficients, 1, coefficients, phases * taps, taps - 1);
    }

    static Table of(Resampler.Quality quality) {
      synchronized (CACHE) {
        SoftReference<Table> cached = CACHE.get(quality);
        Table table = cached == null ? null : cached.get();
        if (table == null) {
          table = new Table(quality);
          CACHE.put(quality, new SoftReference<>(table));
        }
        return table;
      }
    }

    /**
     * The signal between two samples.
     *
     * @param newest the sample before the place
     * @param fraction how far behind it the place is, in 2^-32, unsigned
     */
    float interpolate(float[] x, int newest, int fraction) {
      int row = (fraction >>> 32 - phaseBits) * taps;
      float part = (fraction << phaseBits >>> 8) * 0x1p-24f;
      float sum = 0;
      float next = 0;
      for (int tap = 0; tap < taps; tap += 4) {
        int c = row + tap;
        int d = c + taps;
        int i = newest - tap;
        float x0 = x[i];
        float x1 = x[i - 1];
        float x2 = x[i - 2];
        float x3 = x[i - 3];
        sum +=
            (coefficients[c] * x0 + coefficients[c + 1] * x1)
                + (coefficients[c + 2] * x2 + coefficients[c + 3] * x3);
        next +=
            (coefficients[d] * x0 + coefficients[d + 1] * x1)
                + (coefficients[d + 2] * x2 + coefficients[d + 3] * x3);
      }
      return sum + part * (next - sum);
    }
  }
}
