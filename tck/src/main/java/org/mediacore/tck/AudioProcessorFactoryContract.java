package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.processing.AudioProcessor;
import org.mediacore.api.processing.AudioProcessorFactory;

/**
 * What every {@link AudioProcessorFactory} and its processors owe the platform. Extend it, return
 * the factory, and it runs for each format that the factory takes. Lengths, states and buffers are
 * judged, never the sound.
 */
public abstract class AudioProcessorFactoryContract {
  private static final int MAX_BLOCK_US = CodecParameters.MAX_FRAME_DURATION_US;

  /** The factory under test; called for each test, may be the same one. */
  protected abstract AudioProcessorFactory factory();

  /** The formats to try. Sessions may have any of them; a factory may refuse some. */
  protected List<AudioFormat> audioFormats() {
    List<AudioFormat> formats = new ArrayList<>();
    for (int sampleRateHz : new int[] {8_000, 16_000, 48_000}) {
      formats.add(new AudioFormat(sampleRateHz, 1));
      formats.add(new AudioFormat(sampleRateHz, 2));
    }
    return formats;
  }

  /**
   * By how much a sample may differ where the same audio is cut into other blocks; negative for a
   * processor whose result depends on the blocks by its nature, which is then not compared.
   */
  protected int cutTolerance() {
    return 0;
  }

  /** Processors to make and close in the leak test. */
  protected int createCloseCycles() {
    return 10_000;
  }

  /** Bytes that may stay on the heap after {@link #createCloseCycles()}; six times that off it. */
  protected long leakBoundBytes() {
    return 8L << 20;
  }

  /** Blocks before allocation is counted, so that the code is compiled. */
  protected int warmUpBlocks() {
    return 3_000;
  }

  /** Bytes that a block may allocate. The API says none; only a documented fallback says more. */
  protected long allocatedBytesPerBlock() {
    return 0;
  }

  /** {@link AudioProcessorFactory#descriptor()}: always the same value. */
  @Test
  void descriptorIsStable() {
    AudioProcessorFactory factory = factory();
    assertEquals(factory.descriptor(), factory.descriptor());
    assertEquals(factory.descriptor(), factory().descriptor());
  }

  /**
   * {@link AudioProcessorFactory#create}: a format works or is refused with a reason, and always in
   * the same way; one at least works.
   */
  @Test
  void formatWorksOrIsRefused() {
    int working = 0;
    boolean resourceMissing = false;
    for (AudioFormat format : audioFormats()) {
      Reason refusal = refusal(format);
      assertEquals(refusal, refusal(format), format + " is not always answered the same");
      working += refusal == null ? 1 : 0;
      resourceMissing |= refusal == Reason.RESOURCE_MISSING;
    }
    assumeTrue(working > 0 || !resourceMissing, "something that this processor needs is missing");
    assertTrue(working > 0, "no format works of " + audioFormats());
  }

  /** Why a format is refused; null where it works. */
  private Reason refusal(AudioFormat format) {
    return Check.noThrow(
        "create for " + format,
        () -> {
          try (AudioProcessor processor = factory().create(format)) {
            int samples = format.samplesIn(20_000);
            short[] pcm = TestAudio.frame(format, 1, 0, samples);
            assertEquals(samples, processor.process(pcm, 0, samples), format + ", 20 ms");
            return null;
          } catch (MediaSetupException refused) {
            assertFalse(refused.getMessage().isBlank(), format + " is refused without a message");
            assertTrue(
                refused.reason() == Reason.NOT_SUPPORTED
                    || refused.reason() == Reason.RESOURCE_MISSING,
                format + " is refused as " + refused.reason());
            return refused.reason();
          }
        });
  }

  /** {@link AudioProcessor#process}: 1 sample to 120 ms, another length each time. */
  @TestFactory
  Stream<DynamicTest> blockOfAnyLengthComesBack() {
    return everyFormat(
        format -> {
          int longest = format.samplesIn(MAX_BLOCK_US);
          List<Integer> lengths = new ArrayList<>(List.of(1, longest, 1, 2, 3, longest - 1, 7));
          Random random = new Random(20_261_122);
          for (int i = 0; i < 100; i++) {
            lengths.add(1 + random.nextInt(longest));
          }
          try (AudioProcessor processor = factory().create(format)) {
            for (int i = 0; i < lengths.size(); i++) {
              int samples = lengths.get(i);
              short[] pcm = TestAudio.frame(format, 1, i, samples);
              int result = processor.process(pcm, 0, samples);
              assertEquals(samples, result, () -> "process: " + MediaStatus.nameOf(result));
            }
          }
        });
  }

  /** {@link AudioProcessor#process}: what comes out does not depend on the blocks. */
  @TestFactory
  Stream<DynamicTest> cutsChangeNothing() {
    assumeTrue(cutTolerance() >= 0, "declared to depend on the blocks: not compared");
    return everyFormat(
        format -> {
          short[] audio = TestAudio.frame(format, 1, 0, format.sampleRateHz());
          int frame = format.samplesIn(20_000);
          short[] expected = processed(format, audio, new Random(1), frame, frame);
          int longest = format.samplesIn(MAX_BLOCK_US);
          assertClose(expected, processed(format, audio, new Random(2), 1, 1), "single samples");
          assertClose(expected, processed(format, audio, new Random(3), 1, 20), "scraps");
          assertClose(expected, processed(format, audio, new Random(4), 1, longest), "any blocks");
          assertClose(
              expected, processed(format, audio, new Random(5), longest, longest), "120 ms");
        });
  }

  /** All of a piece of audio in blocks of a random length between two bounds. */
  private short[] processed(
      AudioFormat format, short[] audio, Random random, int shortest, int longest)
      throws MediaSetupException {
    short[] pcm = audio.clone();
    int all = pcm.length / format.channels();
    try (AudioProcessor processor = factory().create(format)) {
      for (int done = 0; done < all; ) {
        int samples = Math.min(all - done, shortest + random.nextInt(longest - shortest + 1));
        assertEquals(samples, processor.process(pcm, done * format.channels(), samples));
        done += samples;
      }
    }
    return pcm;
  }

  private void assertClose(short[] expected, short[] actual, String cut) {
    for (int i = 0; i < expected.length; i++) {
      int difference = Math.abs(expected[i] - actual[i]);
      if (difference > cutTolerance()) {
        throw new AssertionError(
            "cut into " + cut + ", element " + i + " is " + actual[i] + ", not " + expected[i]);
      }
    }
  }

  /** {@link AudioProcessor#process}: nothing outside the block is written, and none of it read. */
  @TestFactory
  Stream<DynamicTest> onlyTheBlockIsTouched() {
    return everyFormat(
        format -> {
          int samples = format.samplesIn(10_000);
          int before = 11;
          try (AudioProcessor one = factory().create(format);
              AudioProcessor other = factory().create(format)) {
            for (int i = 0; i < 20; i++) {
              short[] block = TestAudio.frame(format, 1, i, samples);
              short[] quiet = surrounded(block, before, (short) 0);
              short[] loud = surrounded(block, before, (short) 0x5A5A);
              assertEquals(samples, one.process(quiet, before, samples));
              assertEquals(samples, other.process(loud, before, samples));
              assertSurroundings(quiet, before, block.length, (short) 0);
              assertSurroundings(loud, before, block.length, (short) 0x5A5A);
              assertArrayEquals(
                  Arrays.copyOfRange(quiet, before, before + block.length),
                  Arrays.copyOfRange(loud, before, before + block.length),
                  "what surrounds the block was read, block " + i);
            }
          }
        });
  }

  private static short[] surrounded(short[] block, int before, short fill) {
    short[] pcm = new short[before + block.length + 17];
    Arrays.fill(pcm, fill);
    System.arraycopy(block, 0, pcm, before, block.length);
    return pcm;
  }

  private static void assertSurroundings(short[] pcm, int before, int length, short fill) {
    for (int i = 0; i < pcm.length; i++) {
      if (i < before || i >= before + length) {
        assertEquals(fill, pcm[i], "element " + (i - before) + " of a block of " + length);
      }
    }
  }

  /** Instances share nothing: two that take turns give what each gives alone. */
  @TestFactory
  Stream<DynamicTest> instancesAreIsolated() {
    return everyFormat(
        format -> {
          short[] one = alone(format, 1);
          short[] two = alone(format, 2);
          AudioProcessorFactory shared = factory();
          try (AudioProcessor a = shared.create(format);
              AudioProcessor b = shared.create(format)) {
            ProcessorFrames framesOfA = new ProcessorFrames(a, format, 1);
            ProcessorFrames framesOfB = new ProcessorFrames(b, format, 2);
            while (framesOfA.next() && framesOfB.next()) {}
            assertArrayEquals(one, framesOfA.output(), "the first of two");
            assertArrayEquals(two, framesOfB.output(), "the second of two");
          }
        });
  }

  private short[] alone(AudioFormat format, int seed) throws MediaSetupException {
    try (AudioProcessor processor = factory().create(format)) {
      ProcessorFrames frames = new ProcessorFrames(processor, format, seed);
      while (frames.next()) {}
      return frames.output();
    }
  }

  /** {@link AudioProcessorFactory}: safe for use by several threads. */
  @Test
  void factoryServesSeveralThreads() throws Exception {
    for (AudioFormat format : workingFormats()) {
      short[] expected = alone(format, 1);
      AudioProcessorFactory shared = factory();
      Together.run(
          4,
          () -> {
            try (AudioProcessor processor = shared.create(format)) {
              ProcessorFrames frames = new ProcessorFrames(processor, format, 1);
              while (frames.next()) {}
              assertArrayEquals(expected, frames.output(), format + " on one of four threads");
            }
          });
    }
  }

  /** {@link AudioProcessor#delaySamples}: not negative, and constant. */
  @TestFactory
  Stream<DynamicTest> delayIsConstant() {
    return everyFormat(
        format -> {
          try (AudioProcessor processor = factory().create(format)) {
            int delay = processor.delaySamples();
            assertTrue(delay >= 0, "a delay of " + delay);
            ProcessorFrames frames = new ProcessorFrames(processor, format, 1);
            while (frames.next()) {
              assertEquals(delay, processor.delaySamples(), "the delay changed");
            }
          }
        });
  }

  /** Silence, full scale, noise: nothing throws, and ordinary audio is processed afterwards. */
  @TestFactory
  Stream<DynamicTest> extremeAudioIsSurvived() {
    return everyFormat(
        format -> {
          int samples = format.samplesIn(20_000);
          try (AudioProcessor processor = factory().create(format)) {
            for (short[] pcm : ExtremeAudio.blocks(format, samples)) {
              int result = Check.noThrow("extreme audio", () -> processor.process(pcm, 0, samples));
              assertTrue(result == samples || result < 0, "process gave " + result);
            }
            short[] pcm = TestAudio.frame(format, 1, 0, samples);
            assertEquals(samples, processor.process(pcm, 0, samples), "ordinary audio afterwards");
          }
        });
  }

  /** {@link AudioProcessor#close}: again does nothing; what is used afterwards fails. */
  @TestFactory
  Stream<DynamicTest> closedProcessorFailsWithAStatus() {
    return everyFormat(
        format -> {
          int samples = format.samplesIn(20_000);
          short[] pcm = TestAudio.frame(format, 1, 0, samples);
          AudioProcessor processor = factory().create(format);
          processor.process(pcm, 0, samples);
          processor.close();
          Check.noThrow(
              "second close, and use afterwards",
              () -> {
                processor.close();
                short[] late = TestAudio.frame(format, 1, 1, samples);
                int result = processor.process(late, 0, samples);
                assertTrue(result < 0, "process when closed: " + MediaStatus.nameOf(result));
                processor.delaySamples();
                return true;
              });
        });
  }

  /** {@code close} frees what was held: many instances leave no memory and no classes behind. */
  @Test
  void createAndCloseLeavesNothing() throws Exception {
    AudioProcessorFactory factory = factory();
    for (AudioFormat format : workingFormats().subList(0, 1)) {
      createAndClose(factory, format, 100);
      MemoryGrowth growth = MemoryGrowth.start();
      createAndClose(factory, format, createCloseCycles());
      growth.assertBounded(leakBoundBytes(), createCloseCycles() + " processors");
      Reference.reachabilityFence(factory); // what it keeps counts
    }
  }

  private static void createAndClose(AudioProcessorFactory factory, AudioFormat format, int cycles)
      throws MediaSetupException {
    for (int i = 0; i < cycles; i++) {
      factory.create(format).close();
    }
  }

  /** {@link AudioProcessor#process}: nothing is allocated per block. */
  @TestFactory
  Stream<DynamicTest> nothingIsAllocatedPerBlock() {
    return everyFormat(
        format -> {
          try (AudioProcessor processor = factory().create(format)) {
            short[] audio = TestAudio.frame(format, 1, 0, format.samplesIn(60_000));
            int[] lengths = {
              format.samplesIn(10_000), format.samplesIn(20_000), 7, format.samplesIn(60_000)
            };
            int[] calls = new int[1];
            Runnable once =
                () -> {
                  int samples = lengths[calls[0]++ % lengths.length];
                  processor.process(audio, 0, samples);
                };
            Allocation.assertAtMost(allocatedBytesPerBlock(), warmUpBlocks(), 200, "process", once);
          }
        });
  }

  private List<AudioFormat> workingFormats() {
    return audioFormats().stream().filter(format -> refusal(format) == null).toList();
  }

  private Stream<DynamicTest> everyFormat(ThrowingConsumer<AudioFormat> test) {
    return workingFormats().stream()
        .map(format -> DynamicTest.dynamicTest(format.toString(), () -> test.accept(format)));
  }
}
