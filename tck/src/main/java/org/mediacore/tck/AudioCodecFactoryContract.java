package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.codec.Fmtp;

/**
 * What every {@link AudioCodecFactory} and its encoders and decoders owe the platform. Extend it,
 * return the factory, and it runs for each descriptor and each frame duration; a descriptor that
 * cannot be encoded here is only negotiated. Lossy codecs are welcome: lengths, states and buffers
 * are judged here, never the sound.
 */
public abstract class AudioCodecFactoryContract extends CodecPauseContract {
  private static final int FRAMES = 12;

  /** Encoder and decoder pairs to make and close in the leak test. */
  protected int createCloseCycles() {
    return 10_000;
  }

  /** Bytes that may stay on the heap after {@link #createCloseCycles()}; six times that off it. */
  protected long leakBoundBytes() {
    return 8L << 20;
  }

  /** Frames before allocation is counted, so that the code is compiled. */
  protected int warmUpFrames() {
    return 3_000;
  }

  /** Bytes that a frame may allocate. The API says none; only a documented fallback says more. */
  protected long allocatedBytesPerFrame() {
    return 0;
  }

  /**
   * {@link AudioEncoder#encode} and {@link AudioDecoder#decode}: every frame duration; a frame that
   * was encoded decodes to as many samples, and {@link AudioDecoder#samplesIn} knows it before.
   */
  @TestFactory
  Stream<DynamicTest> frameComesBackInItsLength() {
    return everyDuration(
        parameters -> {
          try (CodecPair pair = CodecPair.open(factory(), parameters)) {
            for (int i = 0; i < FRAMES; i++) {
              byte[] payload = pair.encode(1, i);
              if (payload.length > 0) {
                ByteBuffer view = ByteBuffer.wrap(payload);
                int told = pair.decoder.samplesIn(view);
                assertEquals(0, view.position());
                assertEquals(pair.expectedSamples(), told, "samplesIn of frame " + i);
                assertEquals(told, pair.decode(payload).length / pair.receiveChannels());
              }
            }
          }
        });
  }

  /** {@link AudioDecoder#samplesIn}: no change of state. */
  @TestFactory
  Stream<DynamicTest> askingForTheLengthChangesNothing() {
    return defaultDuration(
        parameters -> {
          List<byte[]> payloads = CodecPair.payloads(factory(), parameters, 1, FRAMES);
          try (CodecPair asked = CodecPair.open(factory(), parameters);
              CodecPair plain = CodecPair.open(factory(), parameters)) {
            for (int i = 0; i < FRAMES; i++) {
              byte[] payload = payloads.get(i);
              asked.decoder.samplesIn(ByteBuffer.wrap(payloads.get(FRAMES - 1 - i)));
              asked.decoder.samplesIn(ByteBuffer.wrap(payload));
              assertArrayEquals(plain.decode(payload), asked.decode(payload), "frame " + i);
            }
          }
        });
  }

  /**
   * {@link AudioEncoder#encode}: direct or heap, from any position; the position is advanced behind
   * the payload, the limit kept, nothing else written, the samples not changed.
   */
  @TestFactory
  Stream<DynamicTest> encoderKeepsTheBufferRules() {
    return everyDuration(
        parameters -> {
          List<byte[]> expected = CodecPair.payloads(factory(), parameters, 1, FRAMES);
          for (boolean direct : new boolean[] {false, true}) {
            try (CodecPair pair = CodecPair.open(factory(), parameters)) {
              for (int i = 0; i < FRAMES; i++) {
                BufferRules.checkEncode(pair, i, direct, expected.get(i));
              }
            }
          }
        });
  }

  /**
   * {@link AudioDecoder#decode}: direct, heap, sliced and read-only payloads at any position; their
   * position, limit and content unchanged; samples go to {@code offset} and nowhere else.
   */
  @TestFactory
  Stream<DynamicTest> decoderKeepsTheBufferRules() {
    return everyDuration(
        parameters -> {
          List<byte[]> payloads = CodecPair.payloads(factory(), parameters, 1, FRAMES);
          for (BufferRules.Kind kind : BufferRules.Kind.values()) {
            try (CodecPair pair = CodecPair.open(factory(), parameters);
                CodecPair plain = CodecPair.open(factory(), parameters)) {
              for (byte[] payload : payloads) {
                BufferRules.checkDecode(pair, kind, payload, plain.decode(payload));
              }
            }
          }
        });
  }

  /**
   * {@link MediaStatus#BUFFER_TOO_SMALL}: nothing was consumed or written, the next frame is the
   * one that a fresh encoder makes.
   */
  @TestFactory
  Stream<DynamicTest> smallBufferIsRefusedUnchanged() {
    return everyDuration(
        parameters -> {
          byte[] expected = CodecPair.payloads(factory(), parameters, 1, 1).get(0);
          try (CodecPair pair = CodecPair.open(factory(), parameters)) {
            ByteBuffer none = ByteBuffer.allocate(32).position(9).limit(9);
            short[] pcm = pair.frame(1, 0);
            int status = pair.encoder.encode(pcm, 0, parameters.samplesPerFrame(), none);
            assertEquals(MediaStatus.BUFFER_TOO_SMALL, status);
            assertEquals(9, none.position());
            assertEquals(9, none.limit());
            assertArrayEquals(new byte[32], none.array());
            assertArrayEquals(expected, pair.encode(1, 0));
          }
        });
  }

  /** {@link AudioEncoder#encode}: exactly samplesPerFrame; another length is a status. */
  @TestFactory
  Stream<DynamicTest> wrongFrameLengthIsAStatus() {
    return defaultDuration(
        parameters -> {
          int right = parameters.samplesPerFrame();
          try (CodecPair pair = CodecPair.open(factory(), parameters)) {
            for (int samples : new int[] {0, 1, right - 1, right + 1, 2 * right + 7, -1}) {
              ByteBuffer out = ByteBuffer.allocate(65_536);
              short[] pcm = new short[2 * (2 * right + 8)];
              int status =
                  Check.noThrow(
                      samples + " samples", () -> pair.encoder.encode(pcm, 0, samples, out));
              assertTrue(status < 0, samples + " samples: " + MediaStatus.nameOf(status));
              assertEquals(0, out.position());
            }
            assertTrue(pair.encode(1, 0).length >= 0);
          }
        });
  }

  /** Instances share nothing: two that take turns give what each gives alone. */
  @TestFactory
  Stream<DynamicTest> instancesAreIsolated() {
    return defaultDuration(
        parameters -> {
          List<byte[]> one = CodecPair.payloads(factory(), parameters, 1, FRAMES);
          List<byte[]> two = CodecPair.payloads(factory(), parameters, 2, FRAMES);
          List<short[]> oneAlone = CodecPair.decodeAll(factory(), parameters, one);
          List<short[]> twoAlone = CodecPair.decodeAll(factory(), parameters, two);
          AudioCodecFactory shared = factory();
          try (CodecPair a = CodecPair.open(shared, parameters);
              CodecPair b = CodecPair.open(shared, parameters)) {
            for (int i = 0; i < FRAMES; i++) {
              assertArrayEquals(one.get(i), a.encode(1, i), "encoder a, frame " + i);
              assertArrayEquals(two.get(i), b.encode(2, i), "encoder b, frame " + i);
              assertArrayEquals(oneAlone.get(i), a.decode(one.get(i)), "decoder a, frame " + i);
              assertArrayEquals(twoAlone.get(i), b.decode(two.get(i)), "decoder b, frame " + i);
            }
          }
        });
  }

  /** {@link AudioCodecFactory}: safe for use by several threads. */
  @TestFactory
  Stream<DynamicTest> factoryServesSeveralThreads() {
    return defaultDuration(
        parameters -> {
          List<byte[]> payloads = CodecPair.payloads(factory(), parameters, 1, FRAMES);
          List<short[]> alone = CodecPair.decodeAll(factory(), parameters, payloads);
          AudioCodecFactory shared = factory();
          Together.run(
              4,
              () -> {
                try (CodecPair pair = CodecPair.open(shared, parameters)) {
                  for (int i = 0; i < FRAMES; i++) {
                    assertArrayEquals(payloads.get(i), pair.encode(1, i), "encoder, frame " + i);
                    assertArrayEquals(alone.get(i), pair.decode(payloads.get(i)), "frame " + i);
                  }
                }
              });
        });
  }

  /** {@link AudioDecoder#decode}: nothing that arrives throws, and the next good frame decodes. */
  @TestFactory
  Stream<DynamicTest> badPayloadIsAStatus() {
    return defaultDuration(
        parameters -> {
          List<byte[]> good = CodecPair.payloads(factory(), parameters, 1, FRAMES);
          try (CodecPair pair = CodecPair.open(factory(), parameters)) {
            for (byte[] bad : BadPayloads.from(good, new Random(42))) {
              pair.checkBad(bad);
            }
            int empty = pair.decodeStatus(new byte[0]);
            assertTrue(empty < 0, "empty payload: " + MediaStatus.nameOf(empty));
            assertEquals(empty, pair.decoder.samplesIn(ByteBuffer.allocate(0)));
            for (byte[] payload : good) {
              if (payload.length > 0) {
                pair.checkBad(new byte[0]);
                pair.decode(payload);
              }
            }
          }
        });
  }

  /** {@link AudioDecoder#conceal}: {@code UNSUPPORTED}, or exactly what was asked for. */
  @TestFactory
  Stream<DynamicTest> concealedAudioHasTheLengthAskedFor() {
    return everyDuration(
        parameters -> {
          List<byte[]> payloads = CodecPair.payloads(factory(), parameters, 1, FRAMES);
          try (CodecPair pair = CodecPair.open(factory(), parameters)) {
            pair.checkConceal();
            for (byte[] payload : payloads) {
              if (payload.length > 0) {
                pair.decode(payload);
                pair.checkConceal();
              }
            }
          }
        });
  }

  /**
   * {@link AudioDecoder#recover}: {@code UNSUPPORTED}, or exactly what was asked for, and nothing
   * else is written; at any distance, whatever {@code next} holds, it is unchanged and decodes
   * afterwards.
   */
  @TestFactory
  Stream<DynamicTest> recoveredAudioHasTheLengthAskedFor() {
    return everyDuration(
        parameters -> {
          List<byte[]> payloads = CodecPair.payloads(factory(), parameters, 1, FRAMES);
          try (CodecPair pair = CodecPair.open(factory(), parameters)) {
            for (byte[] payload : payloads) {
              if (payload.length > 0) {
                pair.checkRecover(payload);
                pair.decode(payload);
              }
            }
            for (int distance : new int[] {1, 48_000, 1_000_000, Integer.MAX_VALUE}) {
              pair.checkRecover(payloads.get(0), distance);
              pair.decode(payloads.get(0));
            }
            for (byte[] bad : BadPayloads.from(payloads, new Random(43))) {
              pair.checkRecover(bad);
            }
            pair.decode(payloads.get(0));
          }
        });
  }

  /**
   * Discontinuous transmission: silence is sent, or left out with 0 and nothing written; what is
   * left out is filled in, and speech that follows is sent and decodes. An encoder that says it
   * took the wish leaves something out of two seconds of silence, and nothing once it is withdrawn.
   */
  @TestFactory
  Stream<DynamicTest> silenceIsSentOrLeftOut() {
    return everyDuration(
        parameters -> {
          try (CodecPair pair = CodecPair.open(factory(), parameters)) {
            SilenceRun run = new SilenceRun(pair);
            boolean taken = pair.encoder.tune(EncoderTuning.builder().dtx(true).build());
            run.speech();
            int leftOut = run.silence();
            assertTrue(!taken || leftOut > 0, "all of the silence was sent");
            run.speech();
            if (pair.encoder.tune(EncoderTuning.builder().dtx(false).build())) {
              run.speech();
              assertEquals(0, run.silence(), "frames left out without leave");
            }
            run.speech();
          }
        });
  }

  /** {@link AudioEncoder#tune}: nothing wished, nothing applied; no wish throws. */
  @TestFactory
  Stream<DynamicTest> tuningIsTotal() {
    return defaultDuration(
        parameters -> {
          try (CodecPair pair = CodecPair.open(factory(), parameters)) {
            assertFalse(pair.encoder.tune(EncoderTuning.builder().build()));
            for (int bitrateBps : new int[] {1, 6_000, 64_000, Integer.MAX_VALUE}) {
              EncoderTuning tuning =
                  EncoderTuning.builder()
                      .bitrateBps(bitrateBps)
                      .expectedLossPercent(100)
                      .complexity(0)
                      .inbandFec(true)
                      .independentFrame(true)
                      .build();
              Check.noThrow(tuning.toString(), () -> pair.encoder.tune(tuning));
              pair.encode(1, 0);
            }
          }
        });
  }

  /** {@code close}: again does nothing; what is used afterwards fails with a status. */
  @TestFactory
  Stream<DynamicTest> closedInstancesFailWithAStatus() {
    return defaultDuration(
        parameters -> {
          byte[] payload = CodecPair.payloads(factory(), parameters, 1, 1).get(0);
          CodecPair pair = CodecPair.open(factory(), parameters);
          pair.close();
          Check.noThrow(
              "second close",
              () -> {
                pair.close();
                return true;
              });
          ByteBuffer out = ByteBuffer.allocate(65_536);
          int samples = parameters.samplesPerFrame();
          assertTrue(pair.encoder.encode(pair.frame(1, 0), 0, samples, out) < 0, "encode");
          assertEquals(0, out.position());
          assertTrue(pair.decodeStatus(payload) < 0, "decode");
          assertTrue(pair.concealStatus() < 0, "conceal");
          assertTrue(pair.recoverStatus(payload) < 0, "recover");
          assertFalse(pair.encoder.tune(EncoderTuning.builder().complexity(1).build()), "tune");
          Check.noThrow("samplesIn", () -> pair.decoder.samplesIn(ByteBuffer.wrap(payload)));
        });
  }

  /** {@code close} frees what was held: many instances leave no memory behind. */
  @Test
  void createAndCloseLeavesNothing() throws Exception {
    AudioCodecFactory factory = factory();
    CodecParameters parameters = agree(encoded(factory).get(0), Fmtp.NONE);
    createAndClose(factory, parameters, 100);
    MemoryGrowth growth = MemoryGrowth.start();
    createAndClose(factory, parameters, createCloseCycles());
    growth.assertBounded(leakBoundBytes(), createCloseCycles() + " pairs");
    Reference.reachabilityFence(factory); // what it keeps counts
  }

  private static void createAndClose(
      AudioCodecFactory factory, CodecParameters parameters, int cycles) throws Exception {
    for (int i = 0; i < cycles; i++) {
      CodecPair.open(factory, parameters).close();
    }
  }

  /** Encoder and decoder: nothing is allocated per frame. */
  @TestFactory
  Stream<DynamicTest> nothingIsAllocatedPerFrame() {
    return defaultDuration(
        parameters -> {
          try (CodecPair pair = CodecPair.open(factory(), parameters)) {
            CodecLoop loop = new CodecLoop(pair);
            Allocation.assertAtMost(
                allocatedBytesPerFrame(), warmUpFrames(), 200, "encode and decode", loop);
            assertEquals(0, loop.failures(), "frames that failed while counting");
          }
        });
  }

  private Stream<DynamicTest> everyDuration(ThrowingConsumer<CodecParameters> test) {
    return tests(true, test);
  }

  private Stream<DynamicTest> defaultDuration(ThrowingConsumer<CodecParameters> test) {
    return tests(false, test);
  }

  private Stream<DynamicTest> tests(boolean allDurations, ThrowingConsumer<CodecParameters> test) {
    List<Fmtp> locals = new ArrayList<>(List.of(Fmtp.NONE));
    locals.addAll(configurations());
    List<DynamicTest> tests = new ArrayList<>();
    for (CodecDescriptor descriptor : encoded(factory())) {
      for (Fmtp local : locals) {
        CodecParameters agreed = agree(descriptor, local);
        for (int durationUs :
            allDurations ? durationsOf(agreed) : List.of(agreed.frameDurationUs())) {
          CodecParameters parameters = withDuration(agreed, durationUs);
          String name = descriptor.rtpmap() + " " + durationUs + " us " + local;
          tests.add(DynamicTest.dynamicTest(name.trim(), () -> test.accept(parameters)));
        }
      }
    }
    return tests.stream();
  }
}
