package org.mediacore.codec.ilbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.MediaStatus;

/**
 * Rule: any payload gives a status or as many samples as {@code samplesIn} told, and good frames
 * behind it decode as if it had not been there. With JAZZER_FUZZ=1 the inputs are searched.
 */
class IlbcFuzzTest {
  private static final int SPEECH = 9_600;

  /** From where on nothing may be left of what was before: the enhancer's memory and then some. */
  private static final int SETTLED = 4_000;

  private static final byte[][] GOOD = new byte[FrameMode.values().length][];
  private static final short[][] EXPECTED = new short[FrameMode.values().length][];

  static {
    for (FrameMode mode : FrameMode.values()) {
      GOOD[mode.ordinal()] = Quality.encode(mode, Speech.make(SPEECH));
      EXPECTED[mode.ordinal()] = Quality.decode(mode, GOOD[mode.ordinal()]);
    }
  }

  /**
   * The first byte: mode; whether the others are whole frames, the last one filled up with zeros;
   * if not, how many of them make a payload.
   */
  @FuzzTest(maxDuration = "90s")
  void anyPayloads(byte[] data) {
    if (data.length == 0) {
      return;
    }
    FrameMode mode = FrameMode.values()[data[0] & 1];
    boolean whole = (data[0] & 2) != 0;
    int length = whole ? mode.bytes : 1 + ((data[0] & 0xFF) >> 2);
    try (IlbcDecoder decoder = new IlbcDecoder(mode)) {
      for (int at = 1; at < data.length; at += length) {
        int end = whole ? at + length : Math.min(data.length, at + length);
        feed(decoder, Arrays.copyOfRange(data, at, end));
      }
      assertRecovers(mode, decoder, "given bytes");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MODE_20, authors/iLBC_20ms.BIT",
    "MODE_20, fixed-point/F00.BIT20",
    "MODE_30, fixed-point/F00.BIT30",
    "MODE_20, fixed-point/F03.BIT20",
    "MODE_30, fixed-point/F03.BIT30",
  })
  void flippedBitsOfVectors(FrameMode mode, String file) throws Exception {
    byte[] data = Vectors.bytes(file);
    SplittableRandom random = new SplittableRandom(39_51);
    for (int flips = 1; flips <= 64; flips *= 2) {
      try (IlbcDecoder decoder = new IlbcDecoder(mode)) {
        for (int at = 0; at + mode.bytes <= data.length; at += mode.bytes) {
          byte[] payload = Arrays.copyOfRange(data, at, at + mode.bytes);
          for (int i = 0; i < flips; i++) {
            payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
          }
          int cut = random.nextInt(10) == 0 ? random.nextInt(payload.length) : payload.length;
          feed(decoder, Arrays.copyOf(payload, cut));
        }
        assertRecovers(mode, decoder, file + ", " + flips + " flips a frame");
      }
    }
  }

  private static void feed(IlbcDecoder decoder, byte[] payload) {
    short[] pcm = new short[960];
    ByteBuffer view = ByteBuffer.wrap(payload);
    int told = decoder.samplesIn(view);
    int got = decoder.decode(view, pcm, 0);
    assertEquals(told, got);
    assertTrue(got > 0 || got == MediaStatus.BAD_INPUT, MediaStatus.nameOf(got));
    assertEquals(0, view.position());
  }

  private static void assertRecovers(FrameMode mode, IlbcDecoder decoder, String after) {
    byte[] good = GOOD[mode.ordinal()];
    short[] expected = EXPECTED[mode.ordinal()];
    short[] decoded = new short[expected.length];
    for (int frame = 0; frame < good.length / mode.bytes; frame++) {
      ByteBuffer payload = ByteBuffer.wrap(good, frame * mode.bytes, mode.bytes);
      assertEquals(mode.samples, decoder.decode(payload, decoded, frame * mode.samples));
    }
    for (int n = SETTLED; n < expected.length; n++) {
      int difference = Math.abs(expected[n] - decoded[n]);
      assertTrue(difference <= 2, after + ": sample " + n + " differs by " + difference);
    }
  }
}
