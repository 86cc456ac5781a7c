package org.mediacore.bench.kernel;

import org.mediacore.bench.material.Voice;
import org.mediacore.dsp.Resampler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** 20 ms of mono at the default quality. */
@State(Scope.Thread)
public class ResamplerBenchmark {
  /** From and to, in kHz. */
  @Param({"8-48", "48-8", "16-48", "48-16"})
  public String rates;

  private Resampler resampler;
  private short[] in;
  private short[] out;

  /** Makes resampler and signal. */
  @Setup
  public void setup() {
    int fromHz = 1_000 * Integer.parseInt(rates.substring(0, rates.indexOf('-')));
    int toHz = 1_000 * Integer.parseInt(rates.substring(rates.indexOf('-') + 1));
    resampler = Resampler.create(fromHz, toHz, 1, Resampler.Quality.DEFAULT);
    in = Voice.make(fromHz, fromHz / 50);
    out = new short[resampler.maxOutputSamples(in.length)];
  }

  /** One block. */
  @Benchmark
  public int resample() {
    return resampler.process(in, 0, in.length, out, 0);
  }
}
