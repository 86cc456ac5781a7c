package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.payload.Depacketizer;
import org.mediacore.api.payload.Packetizer;
import org.mediacore.api.payload.PayloadFormat;

/**
 * What every {@link PayloadFormat}, its packetizers and depacketizers owe the platform. Extend it,
 * return the format and a codec whose frames it carries; it runs for what the format declares for
 * that codec, and for each of {@link #declarations()}.
 */
public abstract class PayloadFormatContract {
  private static final byte FILL = 0x5A;
  private static final int BEFORE = 7;
  private static final int ROOM = 20_000;

  /** The format under test; called for each test, may be the same one. */
  protected abstract PayloadFormat format();

  /** A codec that makes frames only, as its factory describes it. */
  protected abstract CodecDescriptor codec();

  /** The longest frame that the format carries; all are as good as any other to it. */
  protected int longestFrameBytes() {
    return 1_275;
  }

  /** Parameters of the format, as a description has them, beside the ones it declares itself. */
  protected List<Fmtp> declarations() {
    return List.of();
  }

  /** Packetizers and depacketizers to make and close in the leak test. */
  protected int createCloseCycles() {
    return 10_000;
  }

  /** Bytes that may stay on the heap after {@link #createCloseCycles()}; six times that off it. */
  protected long leakBoundBytes() {
    return 4L << 20;
  }

  /** {@link PayloadFormat#descriptor()}: always the same value, for the codec at hand. */
  @Test
  void descriptorIsStable() {
    assertEquals(format().descriptor(), format().descriptor());
    PayloadFormat format = format();
    assertEquals(format.descriptor(), format.descriptor());
    assertEquals(codec().kind(), format.descriptor().kind());
    assertTrue(
        codec().encoding().equalsIgnoreCase(format.descriptor().codec()),
        format.descriptor() + " is not for " + codec().encoding());
  }

  /** {@link PayloadFormat#declare}: what is declared is understood, and means the same. */
  @Test
  void whatIsDeclaredMeansTheSame() {
    PayloadFormat format = format();
    Fmtp codec = codec().defaultFmtp();
    Fmtp declared = format.declare(codec, Fmtp.NONE);
    assertEquals(Optional.of(codec), format.codecParameters(declared), "declared: " + declared);
    for (Fmtp remote : allDeclared()) {
      Fmtp meant = format.codecParameters(remote).orElseThrow();
      Fmtp answer = format.declare(meant, remote);
      assertEquals(Optional.of(meant), format.codecParameters(answer), "answered: " + answer);
    }
  }

  /** {@link PayloadFormat#codecParameters}: any text gives a result, or none and a word on it. */
  @Test
  void parametersAreRefusedWithoutAnException() {
    PayloadFormat format = format();
    OddFmtp odd = new OddFmtp(new Random(20_261_122));
    for (Fmtp declared : allDeclared()) {
      for (int i = 0; i < 1_000; i++) {
        Fmtp next = odd.next(declared);
        Optional<Fmtp> meant =
            Check.noThrow("parameters " + next, () -> format.codecParameters(next));
        if (meant.isPresent()) {
          Check.noThrow("answer to " + next, () -> format.declare(meant.get(), next));
        } else {
          String why = Check.noThrow("refusal of " + next, () -> format.refusal(next));
          assertNotNull(why, "refusal of " + next);
          CodecParameters refused = PayloadFrames.agreement(format, codec(), next);
          assertThrows(
              MediaSetupException.class,
              () -> format.createDepacketizer(refused).close(),
              "a depacketizer for what is refused: " + next);
        }
      }
    }
  }

  /** {@link Packetizer#packetize} and {@link Depacketizer}: what goes in comes out. */
  @TestFactory
  Stream<DynamicTest> framesComeBack() {
    return everyAgreement(
        agreed -> {
          try (PayloadFrames both = PayloadFrames.open(format(), agreed)) {
            for (byte[] frame : PayloadFrames.frames(1, longestFrameBytes())) {
              byte[] payload = both.payload(frame);
              PayloadFrames.only(frame).assertSame(both.read(payload), "what was read");
              PayloadFrames.only(frame).assertSame(both.read(payload), "what was read again");
            }
          }
        });
  }

  /** Each payload is read without regard to the ones before it. */
  @TestFactory
  Stream<DynamicTest> lostPayloadCostsItsOwnFramesOnly() {
    return everyAgreement(
        agreed -> {
          List<byte[]> frames = PayloadFrames.frames(2, longestFrameBytes());
          List<byte[]> payloads = new ArrayList<>();
          try (PayloadFrames sender = PayloadFrames.open(format(), agreed)) {
            frames.forEach(frame -> payloads.add(sender.payload(frame)));
          }
          try (PayloadFrames receiver = PayloadFrames.open(format(), agreed)) {
            for (int i = frames.size() - 1; i >= 0; i -= 3) {
              PayloadFrames.only(frames.get(i))
                  .assertSame(receiver.read(payloads.get(i)), "payload " + i + " out of order");
            }
          }
        });
  }

  /** Buffers: heap and direct, from position on, nothing else touched. */
  @TestFactory
  Stream<DynamicTest> onlyTheRoomGivenIsWritten() {
    return everyAgreement(
        agreed -> {
          try (PayloadFrames both = PayloadFrames.open(format(), agreed)) {
            for (byte[] frame : PayloadFrames.frames(3, longestFrameBytes())) {
              byte[] payload = both.payload(frame);
              for (boolean direct : new boolean[] {false, true}) {
                ByteBuffer view = filled(direct, frame).asReadOnlyBuffer();
                ByteBuffer out = filled(direct, new byte[0]).limit(BEFORE + ROOM);
                assertEquals(payload.length, both.packetizer.packetize(view, out));
                assertWritten(out, payload, "payload");
                assertUntouched(view, frame, "frame");

                ByteBuffer in = filled(direct, payload).asReadOnlyBuffer();
                ByteBuffer back = filled(direct, new byte[0]).limit(BEFORE + ROOM);
                assertEquals(1, both.depacketizer.read(in));
                assertEquals(frame.length, both.depacketizer.frame(in, 0, back));
                assertWritten(back, frame, "frame");
                assertUntouched(in, payload, "payload");
              }
            }
          }
        });
  }

  /** A buffer with bytes from {@link #BEFORE} to its limit, and filled around them. */
  private static ByteBuffer filled(boolean direct, byte[] bytes) {
    int size = BEFORE + ROOM + BEFORE;
    ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    while (buffer.hasRemaining()) {
      buffer.put(FILL);
    }
    return buffer.put(BEFORE, bytes).position(BEFORE).limit(BEFORE + bytes.length);
  }

  private static void assertWritten(ByteBuffer out, byte[] expected, String what) {
    assertEquals(BEFORE + expected.length, out.position(), what + ", position");
    assertEquals(BEFORE + ROOM, out.limit(), what + ", limit");
    byte[] written = new byte[expected.length];
    out.get(BEFORE, written);
    assertArrayEquals(expected, written, what);
    out.limit(out.capacity());
    for (int i = 0; i < out.capacity(); i++) {
      if (i < BEFORE || i >= BEFORE + ROOM) {
        assertEquals(FILL, out.get(i), what + ", outside of the room given");
      }
    }
  }

  private static void assertUntouched(ByteBuffer in, byte[] content, String what) {
    assertEquals(BEFORE, in.position(), what + " read, position");
    assertEquals(BEFORE + content.length, in.limit(), what + " read, limit");
  }

  /** Too little room is a status, and nothing has moved. */
  @TestFactory
  Stream<DynamicTest> tooLittleRoomIsAStatus() {
    return everyAgreement(
        agreed -> {
          try (PayloadFrames both = PayloadFrames.open(format(), agreed)) {
            byte[] frame = PayloadFrames.frames(4, longestFrameBytes()).get(0);
            byte[] payload = both.payload(frame);
            ByteBuffer small = ByteBuffer.allocate(payload.length + 4).position(5);
            int status = both.packetizer.packetize(ByteBuffer.wrap(frame), small);
            assertEquals(MediaStatus.BUFFER_TOO_SMALL, status, "packetize");
            assertEquals(5, small.position(), "position of a payload without room");
            ByteBuffer view = ByteBuffer.wrap(payload);
            assertEquals(1, both.depacketizer.read(view));
            ByteBuffer narrow = ByteBuffer.allocate(frame.length + 4).position(5);
            status = both.depacketizer.frame(view, 0, narrow);
            assertEquals(MediaStatus.BUFFER_TOO_SMALL, status, "frame");
            assertEquals(5, narrow.position(), "position of a frame without room");
            PayloadFrames.only(frame).assertSame(both.read(payload), "what is read afterwards");
          }
        });
  }

  /** {@link Depacketizer#frame}: a frame that is not there is a status. */
  @TestFactory
  Stream<DynamicTest> frameThatIsNotThereIsAStatus() {
    return everyAgreement(
        agreed -> {
          try (PayloadFrames both = PayloadFrames.open(format(), agreed)) {
            ByteBuffer view = ByteBuffer.wrap(both.payload(new byte[] {1, 2, 3}));
            assertEquals(1, both.depacketizer.read(view));
            ByteBuffer frame = ByteBuffer.allocate(ROOM);
            for (int index : new int[] {-1, 1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
              int status =
                  Check.noThrow(
                      "frame " + index, () -> both.depacketizer.frame(view, index, frame));
              assertEquals(MediaStatus.BAD_INPUT, status, "frame " + index);
            }
          }
        });
  }

  /** Bad payloads give a status or frames, never an exception; good ones are read afterwards. */
  @TestFactory
  Stream<DynamicTest> badPayloadsAreSurvived() {
    return everyAgreement(
        agreed -> {
          try (PayloadFrames both = PayloadFrames.open(format(), agreed)) {
            List<byte[]> frames = PayloadFrames.frames(5, longestFrameBytes());
            List<byte[]> good = new ArrayList<>();
            frames.forEach(frame -> good.add(both.payload(frame)));
            for (byte[] bad : BadPayloads.from(good, new Random(20_261_122))) {
              String what = BadPayloads.describe(bad);
              byte[] before = bad.clone();
              ByteBuffer view = ByteBuffer.wrap(bad);
              int count = Check.noThrow(what, () -> both.depacketizer.read(view));
              assertFalse(count == 0, what + ": no frame, and no status");
              for (int i = 0; i < count; i++) {
                int index = i;
                ByteBuffer frame = ByteBuffer.allocate(bad.length);
                int bytes = Check.noThrow(what, () -> both.depacketizer.frame(view, index, frame));
                assertTrue(bytes != 0, what + ": frame " + i + " is empty");
              }
              assertArrayEquals(before, bad, what + " was changed");
            }
            PayloadFrames.only(frames.get(1)).assertSame(both.read(good.get(1)), "a good payload");
          }
        });
  }

  /** Instances share nothing, and the format serves several threads. */
  @TestFactory
  Stream<DynamicTest> instancesAreIsolated() {
    return everyAgreement(
        agreed -> {
          PayloadFormat shared = format();
          int[] seeds = {10};
          Together.run(
              4,
              () -> {
                int seed;
                synchronized (seeds) {
                  seed = seeds[0]++;
                }
                try (PayloadFrames both = PayloadFrames.open(shared, agreed)) {
                  for (byte[] frame : PayloadFrames.frames(seed, longestFrameBytes())) {
                    PayloadFrames.only(frame)
                        .assertSame(both.read(both.payload(frame)), "one of four threads");
                  }
                }
              });
        });
  }

  /** {@code close}: again does nothing; what is used afterwards fails with a status. */
  @TestFactory
  Stream<DynamicTest> closedInstancesFailWithAStatus() {
    return everyAgreement(
        agreed -> {
          PayloadFrames both = PayloadFrames.open(format(), agreed);
          byte[] frame = {1, 2, 3};
          byte[] payload = both.payload(frame);
          both.close();
          Check.noThrow(
              "second close, and use afterwards",
              () -> {
                both.close();
                ByteBuffer out = ByteBuffer.allocate(ROOM);
                int packed = both.packetizer.packetize(ByteBuffer.wrap(frame), out);
                assertTrue(packed < 0, "packetize when closed: " + packed);
                int read = both.depacketizer.read(ByteBuffer.wrap(payload));
                assertTrue(read < 0, "read when closed: " + read);
                int copied = both.depacketizer.frame(ByteBuffer.wrap(payload), 0, out);
                assertTrue(copied < 0, "frame when closed: " + copied);
                return true;
              });
        });
  }

  /** Many instances leave no memory and no classes behind. */
  @Test
  void createAndCloseLeavesNothing() throws Exception {
    PayloadFormat format = format();
    CodecParameters agreed = agreements().get(0);
    createAndClose(format, agreed, 100);
    MemoryGrowth growth = MemoryGrowth.start();
    createAndClose(format, agreed, createCloseCycles());
    growth.assertBounded(leakBoundBytes(), createCloseCycles() + " instances");
    Reference.reachabilityFence(format); // what it keeps counts
  }

  private static void createAndClose(PayloadFormat format, CodecParameters agreed, int cycles)
      throws MediaSetupException {
    for (int i = 0; i < cycles; i++) {
      PayloadFrames.open(format, agreed).close();
    }
  }

  /** Nothing is allocated per packet. */
  @TestFactory
  Stream<DynamicTest> nothingIsAllocatedPerPacket() {
    return everyAgreement(
        agreed -> {
          try (PayloadFrames both = PayloadFrames.open(format(), agreed)) {
            ByteBuffer frame = ByteBuffer.wrap(PayloadFrames.frames(6, longestFrameBytes()).get(0));
            ByteBuffer payload = ByteBuffer.allocateDirect(ROOM);
            ByteBuffer back = ByteBuffer.allocate(ROOM);
            Runnable once =
                () -> {
                  both.packetizer.packetize(frame, payload.clear());
                  payload.flip();
                  both.depacketizer.read(payload);
                  both.depacketizer.frame(payload, 0, back.clear());
                };
            Allocation.assertAtMost(0, 5_000, 200, "a packet there and back", once);
          }
        });
  }

  private List<Fmtp> allDeclared() {
    List<Fmtp> declared = new ArrayList<>();
    declared.add(format().declare(codec().defaultFmtp(), Fmtp.NONE));
    declared.addAll(declarations());
    return declared;
  }

  private List<CodecParameters> agreements() {
    return allDeclared().stream()
        .map(declared -> PayloadFrames.agreement(format(), codec(), declared))
        .toList();
  }

  private Stream<DynamicTest> everyAgreement(ThrowingConsumer<CodecParameters> test) {
    return agreements().stream()
        .map(
            agreed ->
                DynamicTest.dynamicTest(
                    agreed.descriptor().rtpmap() + " " + agreed.local(),
                    () -> test.accept(agreed)));
  }
}
