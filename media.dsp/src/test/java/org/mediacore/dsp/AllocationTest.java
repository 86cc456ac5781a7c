package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mediacore.dsp.Resampler.Quality;

/** Nothing here allocates per call: read from the JVM's counter of this thread's allocations. */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final short[] PCM = new short[4096];
  private static final SampleFormat[] FORMATS = SampleFormat.values();
  private static final short[] OUT = new short[16384];

  /**
   * Bytes that this thread allocates for a number of calls: the least of several rounds, because
   * the JVM itself may allocate on the thread's account while it is still compiling and linking.
   */
  private static long allocatedBytes(Runnable kernel, int calls) {
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      for (int i = 0; i < calls; i++) {
        kernel.run();
      }
      least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
    }
    return least;
  }

  static Stream<Named<Runnable>> kernels() {
    new ToneGenerator(48000, 2, 440, -3).generate(PCM, 0, 2048);
    Resampler parallel = Resampler.create(48000, 32000, 2, Quality.DEFAULT);
    Resampler single = Resampler.create(44100, 48000, 1, Quality.DEFAULT);
    Resampler chain = Resampler.create(48000, 8000, 1, Quality.BEST);
    float[] floats = new float[4096];
    float[] floatOut = new float[4096];
    DriftResampler drift = DriftResampler.create(2, Quality.DEFAULT);
    Reblocker reblocker = new Reblocker(480, 2);
    FramePool pool = new FramePool(4, 960);
    GainMatrix matrix = GainMatrix.normalised(new double[][] {{1, 1}, {1, -1}});
    byte[] bytes = new byte[8192];
    MixBus bus = new MixBus(960, 2);
    LevelMeter meter = new LevelMeter();
    TalkerDetector detector = new TalkerDetector(48000, 2);
    FadingConcealer concealer = new FadingConcealer(48000, 2);
    SampleFifo fifo = new SampleFifo(1000, 2);
    ToneGenerator generator = new ToneGenerator(48000, 2, 440, -3);
    Goertzel goertzel = new Goertzel(48000, 440);
    return Stream.of(
        Named.of("resampler, parallel", () -> parallel.process(PCM, 0, 960, OUT, 0)),
        Named.of("resampler, one by one", () -> single.process(PCM, 0, 882, OUT, 0)),
        Named.of("resampler, chain", () -> chain.process(PCM, 0, 960, OUT, 0)),
        Named.of("resampler, floats", () -> chain.process(floats, 0, 960, floatOut, 0)),
        Named.of(
            "drift",
            () -> {
              drift.setPpm(-drift.ppm() + 3);
              drift.process(PCM, 0, 960, OUT, 0);
            }),
        Named.of(
            "reblocker",
            () -> {
              reblocker.push(PCM, 0, 700);
              while (reblocker.next()) {
                OUT[0] += reblocker.array()[reblocker.offset()];
              }
            }),
        Named.of(
            "pool",
            () -> {
              int frame = pool.acquire();
              pool.samples(frame)[0] = 1;
              pool.release(frame);
            }),
        Named.of("matrix", () -> matrix.apply(PCM, 0, OUT, 0, 960)),
        Named.of(
            "formats",
            () -> {
              for (int i = 0; i < FORMATS.length; i++) {
                FORMATS[i].encode(PCM, 0, bytes, 0, 960);
                FORMATS[i].decode(bytes, 0, OUT, 0, 960);
                FORMATS[i].decode(bytes, 0, floats, 0, 960);
                FORMATS[i].encode(floats, 0, bytes, 0, 960);
              }
            }),
        Named.of(
            "mix",
            () -> {
              bus.clear();
              bus.add(PCM, 0, 960);
              bus.add(PCM, 7, 960);
              bus.output(OUT, 0, 960);
              bus.output(PCM, 7, OUT, 0, 960);
            }),
        Named.of(
            "channels",
            () -> {
              Channels.stereoToMono(PCM, 0, OUT, 0, 960);
              Channels.monoToStereo(OUT, 0, OUT, 0, 960);
            }),
        Named.of(
            "levels",
            () -> {
              meter.measure(PCM, 0, 1920);
              OUT[meter.audioLevel()] = (short) meter.peakDbov();
            }),
        Named.of("talker", () -> OUT[0] = (short) (detector.update(PCM, 0, 960) ? 1 : 0)),
        Named.of(
            "concealer",
            () -> {
              concealer.conceal(OUT, 0, 960);
              concealer.good(OUT, 0, 960);
            }),
        Named.of(
            "fifo",
            () -> {
              fifo.write(PCM, 0, 960);
              fifo.read(OUT, 0, 900);
              fifo.skip(60);
            }),
        Named.of("tone", () -> generator.generate(OUT, 0, 960)),
        Named.of("goertzel", () -> OUT[0] = (short) goertzel.toneShare(PCM, 0, 960, 2)));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void kernelAllocatesNothing(Runnable kernel) {
    assumeTrue(
        THREADS.isThreadAllocatedMemorySupported() && THREADS.isThreadAllocatedMemoryEnabled(),
        "this JVM does not count allocations per thread");
    assertEquals(0, allocatedBytes(kernel, 300));
  }

  @Test
  void theCounterSeesASingleArrayPerCall() {
    short[][] kept = new short[1][];
    long bytes = allocatedBytes(() -> kept[0] = new short[100], 1000);
    assertEquals(216_000, bytes, 16_000);
  }
}
