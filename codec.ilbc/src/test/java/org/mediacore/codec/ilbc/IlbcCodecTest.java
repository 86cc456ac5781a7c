package org.mediacore.codec.ilbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mediacore.api.MediaStatus;
import org.mediacore.tck.Allocation;

class IlbcCodecTest {
  @ParameterizedTest
  @EnumSource
  void speechComesBack(FrameMode mode) {
    short[] speech = Speech.make(16_000);
    short[] decoded = Quality.decode(mode, Quality.encode(mode, speech));
    double snrDb = Quality.segmentalSnrDb(mode, speech, decoded);
    assertTrue(snrDb > 7, mode + ": " + snrDb + " dB");
  }

  @ParameterizedTest
  @EnumSource
  void silenceStaysSilent(FrameMode mode) {
    short[] decoded = Quality.decode(mode, Quality.encode(mode, new short[16_000]));
    for (int n = 0; n < decoded.length; n++) {
      assertTrue(Math.abs(decoded[n]) <= 20, "sample " + n + " is " + decoded[n]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void extremesAreEncoded(FrameMode mode) {
    short[] square = new short[16_000];
    for (int n = 0; n < square.length; n++) {
      square[n] = n / 37 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
    }
    short[] decoded = Quality.decode(mode, Quality.encode(mode, square));
    double snrDb = Quality.segmentalSnrDb(mode, square, decoded);
    assertTrue(snrDb > 0, mode + ": " + snrDb + " dB");
  }

  /** RFC 3952 §3.2: frames of a packet stand one behind the other. */
  @ParameterizedTest
  @EnumSource
  void packetOfSeveralFramesIsThoseFrames(FrameMode mode) {
    short[] speech = Speech.make(3 * mode.samples);
    byte[] single = Quality.encode(mode, speech);
    ByteBuffer packet = ByteBuffer.allocate(1_275);
    try (IlbcEncoder encoder = new IlbcEncoder(mode, 3);
        IlbcDecoder decoder = new IlbcDecoder(mode)) {
      assertEquals(single.length, encoder.encode(speech, 0, speech.length, packet));
      assertArrayEquals(single, Arrays.copyOf(packet.array(), single.length));
      short[] pcm = new short[960];
      assertEquals(speech.length, decoder.decode(packet.flip(), pcm, 0));
      assertArrayEquals(Quality.decode(mode, single), Arrays.copyOf(pcm, speech.length));
    }
  }

  @ParameterizedTest
  @EnumSource
  void otherLengthsAreBadInput(FrameMode mode) {
    try (IlbcDecoder decoder = new IlbcDecoder(mode)) {
      short[] pcm = new short[960];
      int most = 120 / mode.frameMs;
      for (int bytes = 0; bytes <= 400; bytes++) {
        boolean whole = bytes % mode.bytes == 0 && bytes > 0 && bytes <= most * mode.bytes;
        int expected = whole ? bytes / mode.bytes * mode.samples : MediaStatus.BAD_INPUT;
        ByteBuffer payload = ByteBuffer.allocate(bytes);
        assertEquals(expected, decoder.samplesIn(payload), bytes + " bytes");
        assertEquals(expected, decoder.decode(payload, pcm, 0), bytes + " bytes");
      }
    }
  }

  /** RFC 3951 §3.8: an empty frame, and one whose start state is nowhere, count as lost. */
  @ParameterizedTest
  @EnumSource
  void impossibleFramesAreConcealed(FrameMode mode) {
    short[] speech = Speech.make(8 * mode.samples);
    byte[] good = Quality.encode(mode, speech);
    int last = 4 * mode.bytes;
    FrameLayout layout = FrameLayout.of(mode);
    int[] fields = new int[layout.fields];
    byte[] nowhere = new byte[mode.bytes];
    layout.unpack(good, last, fields);
    fields[layout.statePlace] = 0;
    layout.pack(fields, nowhere, 0);
    byte[] empty = Arrays.copyOfRange(good, last, last + mode.bytes);
    empty[mode.bytes - 1] |= 1;
    short[] concealed = after(mode, good, 4, null);
    assertArrayEquals(concealed, after(mode, good, 4, nowhere));
    assertArrayEquals(concealed, after(mode, good, 4, empty));
    byte[] next = Arrays.copyOfRange(good, last, last + mode.bytes);
    assertTrue(!Arrays.equals(concealed, after(mode, good, 4, next)), "the frame is not used");
  }

  /** What a frame gives behind good ones; null is a loss. */
  private static short[] after(FrameMode mode, byte[] good, int frames, byte[] frame) {
    FrameDecoder decoder = new FrameDecoder(mode);
    short[] pcm = new short[mode.samples];
    for (int i = 0; i < frames; i++) {
      decoder.decode(good, i * mode.bytes, pcm, 0);
    }
    if (frame == null) {
      decoder.conceal(pcm, 0);
    } else {
      decoder.decode(frame, 0, pcm, 0);
    }
    return pcm;
  }

  /** A loss in voiced speech is filled at about its level, and a long one ends in silence. */
  @ParameterizedTest
  @EnumSource
  void concealmentGoesOnAndFades(FrameMode mode) {
    short[] speech = Speech.make(1_440);
    byte[] data = Quality.encode(mode, speech);
    FrameDecoder decoder = new FrameDecoder(mode);
    short[] pcm = new short[mode.samples];
    for (int at = 0; at < data.length; at += mode.bytes) {
      decoder.decode(data, at, pcm, 0);
    }
    double before = rms(pcm);
    decoder.conceal(pcm, 0);
    double first = rms(pcm);
    for (int i = 0; i < 20; i++) {
      decoder.conceal(pcm, 0);
    }
    double late = rms(pcm);
    assertTrue(first > before / 2 && first < before * 1.5, before + ", then " + first);
    assertTrue(before > 500 && late < 2, before + ", later " + late);
  }

  private static double rms(short[] pcm) {
    double sum = 0;
    for (short sample : pcm) {
      sum += (double) sample * sample;
    }
    return Math.sqrt(sum / pcm.length);
  }

  /** Asked for in pieces of any length, concealment is the same audio. */
  @ParameterizedTest
  @EnumSource
  void concealmentComesInPieces(FrameMode mode) {
    byte[] data = Quality.encode(mode, Speech.make(4 * mode.samples));
    short[] whole = new short[2 * mode.samples];
    short[] pieces = new short[2 * mode.samples + 70];
    try (IlbcDecoder one = new IlbcDecoder(mode);
        IlbcDecoder other = new IlbcDecoder(mode)) {
      one.decode(ByteBuffer.wrap(data, 0, 2 * mode.bytes), new short[960], 0);
      other.decode(ByteBuffer.wrap(data, 0, 2 * mode.bytes), new short[960], 0);
      assertEquals(whole.length, one.conceal(whole.length, whole, 0));
      for (int at = 0; at < whole.length; at += 70) {
        assertEquals(70, other.conceal(70, pieces, at));
      }
      assertArrayEquals(whole, Arrays.copyOf(pieces, whole.length));
    }
  }

  /**
   * Random frames bring predictors that no speech has. Whatever they did to the decoder, good
   * frames behind them decode as if nothing had been.
   */
  @ParameterizedTest
  @EnumSource
  void recoversFromRandomFrames(FrameMode mode) {
    Random random = new Random(20_041_201);
    byte[] good = Quality.encode(mode, Speech.make(16_000));
    short[] expected = Quality.decode(mode, good);
    short[] pcm = new short[960];
    byte[] frame = new byte[mode.bytes];
    for (int round = 0; round < 100; round++) {
      FrameDecoder decoder = new FrameDecoder(mode);
      for (int i = 0; i < 20; i++) {
        random.nextBytes(frame);
        decoder.decode(frame, 0, pcm, 0);
      }
      short[] decoded = new short[expected.length];
      for (int i = 0; i < good.length / mode.bytes; i++) {
        decoder.decode(good, i * mode.bytes, decoded, i * mode.samples);
      }
      for (int n = 4_000; n < expected.length; n++) {
        int difference = Math.abs(expected[n] - decoded[n]);
        assertTrue(difference <= 2, "round " + round + ", sample " + n + ": " + difference);
      }
    }
  }

  @Test
  void randomFramesDriveEveryPartOfTheOutput() {
    Random random = new Random(1);
    byte[] frame = new byte[38];
    short[] pcm = new short[160];
    FrameDecoder decoder = new FrameDecoder(FrameMode.MODE_20);
    int loud = 0;
    for (int i = 0; i < 1_000; i++) {
      random.nextBytes(frame);
      decoder.decode(frame, 0, pcm, 0);
      loud += rms(pcm) > 1_000 ? 1 : 0;
    }
    assertNotEquals(0, loud);
  }

  @ParameterizedTest
  @EnumSource
  void concealmentAllocatesNothing(FrameMode mode) {
    short[] pcm = new short[mode.samples];
    try (IlbcDecoder decoder = new IlbcDecoder(mode)) {
      Allocation.assertAtMost(
          0, 3_000, 200, "conceal", () -> decoder.conceal(mode.samples, pcm, 0));
    }
  }
}
