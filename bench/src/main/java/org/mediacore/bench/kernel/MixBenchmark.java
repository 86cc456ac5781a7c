package org.mediacore.bench.kernel;

import org.mediacore.bench.material.Voice;
import org.mediacore.dsp.MixBus;
import org.mediacore.dsp.TalkerDetector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A tick of 10 ms of a room with ten legs that all talk: detectors, sum and ten outputs. */
@State(Scope.Thread)
public class MixBenchmark {
  private static final int LEGS = 10;
  private static final int BLOCKS = 100;

  /** The room's rate. */
  @Param({"8000", "48000"})
  public int sampleRateHz;

  private final TalkerDetector[] detectors = new TalkerDetector[LEGS];
  private int samples;
  private short[] voice;
  private short[] out;
  private MixBus bus;
  private int block;

  /** Makes the room. */
  @Setup
  public void setup() {
    samples = sampleRateHz / 100;
    voice = Voice.make(sampleRateHz, samples * (BLOCKS + LEGS));
    out = new short[samples];
    bus = new MixBus(samples, 1);
    for (int i = 0; i < LEGS; i++) {
      detectors[i] = new TalkerDetector(sampleRateHz, 1);
    }
  }

  /** One tick. */
  @Benchmark
  public int tick() {
    block = (block + 1) % BLOCKS;
    int active = 0;
    bus.clear();
    for (int i = 0; i < LEGS; i++) {
      int offset = (block + i) * samples;
      active += detectors[i].update(voice, offset, samples) ? 1 : 0;
      bus.add(voice, offset, samples);
    }
    for (int i = 0; i < LEGS; i++) {
      bus.output(voice, (block + i) * samples, out, 0, samples);
    }
    return active + out[0];
  }
}
