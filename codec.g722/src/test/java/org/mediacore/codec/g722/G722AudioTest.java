package org.mediacore.codec.g722;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/** What comes out sounds like what went in: level, quality by mode, and after a loss. */
class G722AudioTest {
  private static final int RATE_HZ = 16_000;
  private static final int FRAME = 320;

  /** Filter delay of encoder and decoder together, in samples of 16 kHz. */
  private static final int DELAY = 22;

  @ParameterizedTest
  @ValueSource(ints = {200, 1_000, 3_000, 5_000, 6_500})
  void levelIsKeptWithinTwoPercent(int toneHz) {
    short[] in = tone(toneHz, 8_000, 50);
    short[] out = decode(Mode.KBPS_64, encode(in), -1, -1);
    double ratio = rms(out, 10 * FRAME) / rms(in, 10 * FRAME);
    assertEquals(1, ratio, 0.02, toneHz + " Hz came out at " + ratio);
  }

  @ParameterizedTest
  @EnumSource
  void fewerBitsAreMoreNoise(Mode mode) {
    short[] in = tone(1_000, 8_000, 50);
    double snr = snr(in, decode(mode, encode(in), -1, -1), 10 * FRAME);
    int expected = 45 - 6 * mode.droppedBits;
    assertEquals(expected, snr, 6, mode + ": SNR in dB");
  }

  @Test
  void soundReturnsAfterALoss() {
    short[] in = tone(1_000, 8_000, 60);
    byte[][] payloads = encode(in);
    short[] whole = decode(Mode.KBPS_64, payloads, -1, -1);
    short[] gap = decode(Mode.KBPS_64, payloads, 20, 23);
    double snr = snr(whole, 0, gap, 35 * FRAME);
    assertTrue(snr > 30, "300 ms after a loss of 60 ms, SNR in dB: " + snr);
  }

  @Test
  void rtpClockIsHalfTheSamplingRate() {
    G722CodecFactory factory = new G722CodecFactory();
    CodecParameters agreed =
        factory.negotiate(factory.descriptors().get(0), Fmtp.NONE, Fmtp.NONE).orElseThrow();
    assertEquals("G722/8000", agreed.descriptor().rtpmap());
    assertEquals(9, agreed.descriptor().staticPayloadType().orElseThrow());
    assertEquals(FRAME, agreed.samplesPerFrame());
    assertEquals(160, agreed.timestampPerFrame());
  }

  @Test
  void payloadLongerThan120MsIsRefused() {
    try (G722Decoder decoder = new G722Decoder(Mode.KBPS_64, 1_920)) {
      short[] pcm = new short[2_000];
      assertEquals(1_920, decoder.decode(ByteBuffer.allocate(960), pcm, 0));
      assertEquals(MediaStatus.BAD_INPUT, decoder.decode(ByteBuffer.allocate(961), pcm, 0));
      assertEquals(2, decoder.decode(ByteBuffer.allocate(1), pcm, 0));
    }
  }

  private static short[] tone(int toneHz, int peak, int frames) {
    short[] pcm = new short[frames * FRAME];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = (short) Math.round(peak * Math.sin(2 * Math.PI * toneHz * i / RATE_HZ));
    }
    return pcm;
  }

  private static byte[][] encode(short[] pcm) {
    byte[][] payloads = new byte[pcm.length / FRAME][FRAME / 2];
    try (G722Encoder encoder = new G722Encoder(FRAME)) {
      for (int i = 0; i < payloads.length; i++) {
        ByteBuffer out = ByteBuffer.wrap(payloads[i]);
        assertEquals(FRAME / 2, encoder.encode(pcm, i * FRAME, FRAME, out));
      }
    }
    return payloads;
  }

  private static short[] decode(Mode mode, byte[][] payloads, int lostFrom, int lostTo) {
    short[] pcm = new short[payloads.length * FRAME];
    try (G722Decoder decoder = new G722Decoder(mode, 1_920)) {
      for (int i = 0; i < payloads.length; i++) {
        if (i < lostFrom || i >= lostTo) {
          assertEquals(FRAME, decoder.decode(ByteBuffer.wrap(payloads[i]), pcm, i * FRAME));
        }
      }
    }
    return pcm;
  }

  private static double rms(short[] pcm, int from) {
    double sum = 0;
    for (int i = from; i < pcm.length; i++) {
      sum += (double) pcm[i] * pcm[i];
    }
    return Math.sqrt(sum / (pcm.length - from));
  }

  private static double snr(short[] in, short[] out, int from) {
    return snr(in, DELAY, out, from);
  }

  private static double snr(short[] expected, int delay, short[] actual, int from) {
    double signal = 0;
    double noise = 0;
    for (int i = from; i < actual.length; i++) {
      double difference = actual[i] - expected[i - delay];
      signal += (double) expected[i - delay] * expected[i - delay];
      noise += difference * difference;
    }
    return 10 * Math.log10(signal / Math.max(1, noise));
  }
}
