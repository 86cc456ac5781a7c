package org.mediacore.codec.amr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The recordings decode to what the OpenCORE decoder made of them, sample for sample, in each
 * layout of the payload and several frames at a time.
 */
class AmrVectorTest {
  @ParameterizedTest
  @CsvSource({
    "NARROWBAND, nb/4.75k.amr, nb/4.75k.opencore.pcm",
    "NARROWBAND, nb/7.4k.amr, nb/7.4k.opencore.pcm",
    "NARROWBAND, nb/12.2k.amr, nb/12.2k.opencore.pcm",
    "WIDEBAND, wb/seed-6k60.awb, wb/seed-6k60.opencore.pcm",
    "WIDEBAND, wb/seed-12k65.awb, wb/seed-12k65.opencore.pcm",
    "WIDEBAND, wb/seed-23k85.awb, wb/seed-23k85.opencore.pcm",
  })
  void decodesExactly(AmrVariant variant, String file, String decoded) throws Exception {
    List<byte[]> frames = Amr.frames(variant, Amr.vector(file));
    short[] expected = Amr.samples(Amr.vector(decoded));
    assertEquals(expected.length, frames.size() * variant.samplesPerFrame);
    for (boolean octetAligned : new boolean[] {false, true}) {
      for (int perPacket : new int[] {1, 2, 6}) {
        assertArrayEquals(
            expected,
            decode(variant, frames, octetAligned, perPacket),
            file + ", octet-aligned " + octetAligned + ", " + perPacket + " per packet");
      }
    }
  }

  private static short[] decode(
      AmrVariant variant, List<byte[]> frames, boolean octetAligned, int perPacket)
      throws Exception {
    short[] pcm = new short[frames.size() * variant.samplesPerFrame];
    String fmtp = octetAligned ? "octet-align=1" : "";
    try (AmrDecoder decoder = Amr.decoder(variant, fmtp)) {
      for (int at = 0; at < frames.size(); at += perPacket) {
        List<byte[]> some = frames.subList(at, Math.min(frames.size(), at + perPacket));
        byte[] payload =
            Amr.payload(variant, octetAligned, AmrVariant.NO_DATA, some.toArray(new byte[0][]));
        int samples = decoder.decode(ByteBuffer.wrap(payload), pcm, at * variant.samplesPerFrame);
        assertEquals(some.size() * variant.samplesPerFrame, samples);
      }
    }
    return pcm;
  }
}
