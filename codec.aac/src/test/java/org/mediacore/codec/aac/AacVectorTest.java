package org.mediacore.codec.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.ffmpeg.CodecSetup;
import org.mediacore.ffmpeg.FrameDecoder;

/**
 * Conformance streams of ISO/IEC 14496-26: RMS difference below 2^-15/sqrt(12) of full scale,
 * largest below 2^-14, in both measured against 16-bit references.
 */
class AacVectorTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "er_eld1001np_44_ep0.mp4, er_eld1001np_44_ep0.ffmpeg-3s.flac",
    "er_eld2000np_48_ep0.mp4, er_eld2000np_48_ep0.ffmpeg-3s.flac",
  })
  void enhancedLowDelay(String file, String reference) throws Exception {
    Mp4 mp4 = new Mp4(Aac.vector(file));
    AacConfig config = AacConfig.read(mp4.config()).orElseThrow();
    assertEquals(AacConfig.ENHANCED_LOW_DELAY, config.objectType());
    short[] expected = reference(reference);
    List<byte[]> units = mp4.units();
    int elements = config.samplesPerFrame() * config.channels();
    short[] decoded = new short[expected.length + elements];
    try (AacDecoder decoder = Aac.decoder(mp4.config())) {
      for (int i = 0; i * elements < expected.length; i++) {
        int samples = decoder.decode(ByteBuffer.wrap(units.get(i)), decoded, i * elements);
        assertEquals(config.samplesPerFrame(), samples, "unit " + i);
      }
    }
    assertClose(expected, decoded);
  }

  /** Six channels are more than a session has, so this one is put to media.ffmpeg itself. */
  @Test
  void lowDelay() throws Exception {
    Mp4 mp4 = new Mp4(Aac.vector("er_ad6000np_44_ep0.mp4"));
    short[] expected = reference("er_ad6000np_44_ep0.ffmpeg-1s.flac");
    short[] decoded = new short[expected.length + 2 * 6 * 1_024];
    CodecSetup setup = CodecSetup.of("aac", 44_100, 6).withConfiguration(mp4.config());
    try (FrameDecoder decoder = Aac.ffmpeg().openDecoder(setup)) {
      int at = 0;
      for (byte[] unit : mp4.units()) {
        if (at < expected.length) {
          int samples = decoder.decode(unit, 0, unit.length, decoded, at);
          assertEquals(512, samples);
          assertEquals(6, decoder.channels());
          at += samples * 6;
        }
      }
    }
    assertClose(expected, decoded);
  }

  private short[] reference(String flac) throws Exception {
    return Aac.samples(
        Aac.ffmpegProgram(
            folder.resolve("reference.raw"), "-i", Aac.vector(flac).toString(), "-f", "s16le"));
  }

  private static void assertClose(short[] expected, short[] decoded) {
    double sum = 0;
    int largest = 0;
    for (int i = 0; i < expected.length; i++) {
      int difference = Math.abs(expected[i] - decoded[i]);
      largest = Math.max(largest, difference);
      sum += (double) difference * difference;
    }
    double rms = Math.sqrt(sum / expected.length);
    assertTrue(largest < 2, "largest difference " + largest + ", rms " + rms);
    assertTrue(rms < 1 / Math.sqrt(12), "rms " + rms);
  }
}
