package org.mediacore.dsp;

import java.util.List;
import java.util.Objects;

/**
 * Converts a stream of audio from one sampling rate to another: one polyphase windowed-sinc FIR, or
 * a chain of them where that costs less, for any rational ratio, mono or stereo.
 *
 * <p>Streaming: the filters' phase and history run on from call to call, block lengths are free,
 * and any splitting of a stream into calls gives bit-identical output. After n input samples there
 * are exactly {@code ceil(n * out / in)} output samples; so where the ratio divides a block evenly
 * (160 samples at 8 kHz to 48 kHz, 441 at 44.1 kHz to 48 kHz), every call gives exactly the nominal
 * number, the first one included: the stream starts with the filters' delay of silence ({@link
 * #delaySamples()}). Equal rates copy, with no delay.
 *
 * <p>Samples are 16-bit, or float with any full scale; both share the filter's state. Between the
 * filters of a chain nothing is rounded.
 *
 * <p>The instance owns its state and is used by one thread at a time; the coefficient tables are
 * immutable and shared. After {@link #create} nothing is allocated.
 */
public final class Resampler {

  /** How steep and how deep the filter is; a better one costs time and delay. */
  public enum Quality {
    /** Stop band -60 dB, pass band to 0.80 of the lower Nyquist frequency. */
    FAST(61, 0.80),
    /** Stop band -70 dB, pass band to 0.87 of the lower Nyquist frequency. */
    DEFAULT(71, 0.87),
    /** Stop band -100 dB, pass band to 0.95 of the lower Nyquist frequency. */
    BEST(101, 0.95);

    private final double stopBandDb;
    private final double passBand;

    Quality(double stopBandDb, double passBand) {
      this.stopBandDb = stopBandDb;
      this.passBand = passBand;
    }

    /**
     * Attenuation that the design aims at, in dB (positive), from the lower Nyquist frequency on.
     */
    double stopBandDb() {
      return stopBandDb;
    }

    /** End of the pass band as a fraction of the lower Nyquist frequency. */
    public double passBand() {
      return passBand;
    }
  }

  private static final int MIN_RATE_HZ = 1_000;
  private static final int MAX_RATE_HZ = 768_000;

  private final int channels;
  private final long inRateHz;
  private final long outRateHz;
  private final int delaySamples;

  /** Input samples per channel that are converted in one go; longer calls take several. */
  private final int maxChunkSamples;

  /** Empty for equal rates. */
  private final PolyphaseStage[] stages;

  /** How many samples each stage was given in this chunk. */
  private final int[] given;

  /** One channel of what the last stage makes. */
  private final float[] result;

  /**
   * Makes a resampler.
   *
   * @param inRateHz sampling rate of the input in Hz, 1,000 to 768,000
   * @param outRateHz sampling rate of the output in Hz, 1,000 to 768,000
   * @param channels 1 or 2; stereo is interleaved
   * @param quality the filter
   * @throws IllegalArgumentException if a value is out of its range, or the ratio of the rates has
   *     terms so large that a filter table would pass 2^20 coefficients
   */
  public static Resampler create(int inRateHz, int outRateHz, int channels, Quality quality) {
    checkRates(inRateHz, outRateHz);
    if (channels < 1 || channels > 2) {
      throw new IllegalArgumentException("channels " + channels + ": 1 or 2");
    }
    Objects.requireNonNull(quality, "quality");
    return new Resampler(
        inRateHz, outRateHz, channels, ResamplerPath.of(inRateHz, outRateHz, quality));
  }

  static void checkRates(int inRateHz, int outRateHz) {
    checkRate("inRateHz", inRateHz);
    checkRate("outRateHz", outRateHz);
  }

  private static void checkRate(String name, int rateHz) {
    if (rateHz < MIN_RATE_HZ || rateHz > MAX_RATE_HZ) {
      throw new IllegalArgumentException(
          name + " " + rateHz + ": " + MIN_RATE_HZ + " to " + MAX_RATE_HZ);
    }
  }

  Resampler(int inRateHz, int outRateHz, int channels, ResamplerPath path) {
    this.channels = channels;
    this.inRateHz = inRateHz;
    this.outRateHz = outRateHz;
    delaySamples = path.delaySamples;
    maxChunkSamples = inRateHz / 50;
    List<PolyphaseTable> tables = path.tables;
    stages = new PolyphaseStage[tables.size()];
    given = new int[stages.length];
    int longest = maxChunkSamples;
    for (int i = 0; i < stages.length; i++) {
      stages[i] = new PolyphaseStage(tables.get(i), longest, channels);
      longest = stages[i].maxOutputSamples(longest);
    }
    result = new float[stages.length == 0 ? 0 : longest];
  }

  /**
   * Converts one block of 16-bit samples.
   *
   * @param in interleaved input, read only; must not overlap the output
   * @param inOffset first array element to read
   * @param inSamples samples per channel to read, any number from 0
   * @param out receives interleaved output, room for {@link #maxOutputSamples} samples
   * @param outOffset first array element to write
   * @return samples per channel written; rounded half up, and clipped where they exceed 16 bits
   */
  public int process(short[] in, int inOffset, int inSamples, short[] out, int outOffset) {
    if (stages.length == 0) {
      System.arraycopy(in, inOffset, out, outOffset, inSamples * channels);
      return inSamples;
    }
    int consumed = 0;
    int written = 0;
    while (consumed < inSamples) {
      int chunk = Math.min(maxChunkSamples, inSamples - consumed);
      int from = inOffset + consumed * channels;
      int to = outOffset + written * channels;
      int outputs = 0;
      for (int channel = 0; channel < channels; channel++) {
        load(in, from + channel, chunk, stages[0].input(channel), stages[0].inputIndex());
        outputs = filter(channel, chunk);
        store(outputs, out, to + channel);
      }
      advance();
      consumed += chunk;
      written += outputs;
    }
    return written;
  }

  /**
   * Converts one block of float samples; as the other method, but with nothing rounded or clipped.
   *
   * @param in interleaved input, read only; must not overlap the output. What is not a finite
   *     number spoils the output for the length of the filter
   * @param inOffset first array element to read
   * @param inSamples samples per channel to read, any number from 0
   * @param out receives interleaved output, room for {@link #maxOutputSamples} samples
   * @param outOffset first array element to write
   * @return samples per channel written
   */
  public int process(float[] in, int inOffset, int inSamples, float[] out, int outOffset) {
    if (stages.length == 0) {
      System.arraycopy(in, inOffset, out, outOffset, inSamples * channels);
      return inSamples;
    }
    int consumed = 0;
    int written = 0;
    while (consumed < inSamples) {
      int chunk = Math.min(maxChunkSamples, inSamples - consumed);
      int from = inOffset + consumed * channels;
      int to = outOffset + written * channels;
      int outputs = 0;
      for (int channel = 0; channel < channels; channel++) {
        load(in, from + channel, chunk, stages[0].input(channel), stages[0].inputIndex());
        outputs = filter(channel, chunk);
        store(outputs, out, to + channel);
      }
      advance();
      consumed += chunk;
      written += outputs;
    }
    return written;
  }

  /**
   * The most samples per channel that {@link #process} can write for a block.
   *
   * @param inSamples samples per channel of the block
   */
  public int maxOutputSamples(int inSamples) {
    return (int) ((inSamples * outRateHz + inRateHz - 1) / inRateHz);
  }

  /** Group delay in output samples per channel: how much later than it came in a sound goes out. */
  public int delaySamples() {
    return delaySamples;
  }

  /** Forgets the past: what comes next is converted as by a new instance. */
  public void reset() {
    for (PolyphaseStage stage : stages) {
      stage.reset();
    }
  }

  /** Sends a chunk of a channel through all stages, each writing into the next one's window. */
  private int filter(int channel, int chunk) {
    int samples = chunk;
    int last = stages.length - 1;
    for (int i = 0; i < last; i++) {
      given[i] = samples;
      PolyphaseStage next = stages[i + 1];
      samples = stages[i].run(channel, samples, next.input(channel), next.inputIndex());
    }
    given[last] = samples;
    return stages[last].run(channel, samples, result, 0);
  }

  private void advance() {
    for (int i = 0; i < stages.length; i++) {
      stages[i].advance(given[i]);
    }
  }

  private void load(short[] in, int from, int count, float[] window, int index) {
    for (int i = 0, at = from; i < count; i++, at += channels) {
      window[index + i] = in[at];
    }
  }

  private void load(float[] in, int from, int count, float[] window, int index) {
    for (int i = 0, at = from; i < count; i++, at += channels) {
      window[index + i] = in[at];
    }
  }

  private void store(int count, short[] out, int outOffset) {
    for (int i = 0, to = outOffset; i < count; i++, to += channels) {
      out[to] = Samples.toPcm16(result[i]);
    }
  }

  private void store(int count, float[] out, int outOffset) {
    for (int i = 0, to = outOffset; i < count; i++, to += channels) {
      out[to] = result[i];
    }
  }
}
