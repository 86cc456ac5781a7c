package org.mediacore.codec.g722;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The test sequence of ITU-T G.191 (folder g722 of MEDIACORE_VECTORS), byte for byte over all whole
 * frames of 10 ms. inpsp.bin holds little-endian samples, codspw.cod an octet per little-endian
 * word, outsp1 to 3 what modes 1 to 3 decode from those.
 */
class G722VectorTest {
  private static final int SAMPLES = 97_536;
  private static final int WHOLE_FRAME_SAMPLES = 97_440;

  @ParameterizedTest
  @ValueSource(ints = {160, 320, 960})
  void encoderIsByteExact(int frame) throws Exception {
    short[] source = words("inpsp.bin", SAMPLES);
    short[] expected = words("codspw.cod", SAMPLES / 2);
    int compared = 0;
    try (G722Encoder encoder = new G722Encoder(frame)) {
      ByteBuffer payload = ByteBuffer.allocate(frame / 2);
      for (int start = 0; start + frame <= WHOLE_FRAME_SAMPLES; start += frame) {
        assertEquals(frame / 2, encoder.encode(source, start, frame, payload.clear()));
        for (int i = 0; i < frame / 2; i++) {
          assertEquals(expected[start / 2 + i], payload.get(i) & 0xFF, "octet " + (start / 2 + i));
          compared++;
        }
      }
    }
    assertEquals(WHOLE_FRAME_SAMPLES / frame * frame / 2, compared);
  }

  @ParameterizedTest
  @CsvSource({"KBPS_64, outsp1.bin", "KBPS_56, outsp2.bin", "KBPS_48, outsp3.bin"})
  void decoderIsByteExact(Mode mode, String decodedFile) throws Exception {
    short[] codes = words("codspw.cod", SAMPLES / 2);
    short[] expected = words(decodedFile, SAMPLES);
    int frame = 160;
    int compared = 0;
    try (G722Decoder decoder = new G722Decoder(mode, frame)) {
      ByteBuffer payload = ByteBuffer.allocate(frame / 2);
      short[] pcm = new short[frame];
      for (int start = 0; start < WHOLE_FRAME_SAMPLES; start += frame) {
        payload.clear();
        for (int i = 0; i < frame / 2; i++) {
          payload.put((byte) codes[start / 2 + i]);
        }
        assertEquals(frame, decoder.decode(payload.flip(), pcm, 0));
        for (int i = 0; i < frame; i++) {
          assertEquals(expected[start + i], pcm[i], "sample " + (start + i));
          compared++;
        }
      }
    }
    assertEquals(WHOLE_FRAME_SAMPLES, compared);
  }

  private static short[] words(String name, int count) throws IOException {
    String configured = System.getenv("MEDIACORE_VECTORS");
    Path folder = Path.of(configured == null ? "../../shared/vectors" : configured, "g722");
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "reference vectors: set MEDIACORE_VECTORS to their folder");
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    assertEquals(2 * count, bytes.length, name);
    short[] words = new short[count];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(words);
    return words;
  }
}
