package org.mediacore.codec.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaStatus;

/**
 * Rule: any frame gives a status or as many samples as {@code samplesIn} told, and a good unit
 * behind it decodes. With JAZZER_FUZZ=1 the inputs are searched.
 */
class AacFuzzTest {
  private static final String[] CONFIGS = {"1408", "1190", "F8E64000", "F8E82000"};

  /** AAC-LC of 16 kHz mono: one channel element whose only window is empty, then the end mark. */
  private static final byte[] SILENCE = HexFormat.of().parseHex("00000007");

  /** The first byte: which configuration, and how many of the others make a frame. */
  @FuzzTest(maxDuration = "60s")
  void anyFrames(byte[] data) throws Exception {
    if (data.length == 0) {
      return;
    }
    byte[] config = HexFormat.of().parseHex(CONFIGS[data[0] & 3]);
    int length = 1 + ((data[0] & 0xFF) >> 2) * 4;
    try (AacDecoder decoder = Aac.decoder(config)) {
      for (int at = 1; at < data.length; at += length) {
        byte[] bytes = Arrays.copyOfRange(data, at, Math.min(data.length, at + length));
        feed(decoder, bytes);
      }
      if ((data[0] & 3) == 0) {
        ByteBuffer good = ByteBuffer.wrap(SILENCE);
        assertEquals(1_024, decoder.decode(good, new short[8_192], 0));
      }
    }
  }

  private static void feed(AacDecoder decoder, byte[] frame) {
    ByteBuffer view = ByteBuffer.wrap(frame);
    int told = decoder.samplesIn(view);
    int got = decoder.decode(view, new short[16_384], 0);
    assertTrue(got == told || got == MediaStatus.BAD_INPUT, told + " told, got " + got);
    assertEquals(0, view.position());
  }

  /** The good unit is one. */
  @Test
  void silenceDecodes() throws Exception {
    try (AacDecoder decoder = Aac.decoder(HexFormat.of().parseHex(CONFIGS[0]))) {
      short[] pcm = new short[1_024];
      ByteBuffer good = ByteBuffer.wrap(SILENCE);
      assertEquals(1_024, decoder.decode(good, pcm, 0));
      assertTrue(Arrays.equals(new short[1_024], pcm));
    }
  }
}
