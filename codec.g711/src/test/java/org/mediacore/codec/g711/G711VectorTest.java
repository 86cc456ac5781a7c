package org.mediacore.codec.g711;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/**
 * All 65,536 samples through both laws and back, against the vectors of ITU-T G.191 (folder g711 of
 * MEDIACORE_VECTORS): sweep.src are the samples, one per little-endian word; in .a and .u each word
 * holds a code, in .rea and .reu a decoded sample.
 */
class G711VectorTest {
  private static final int INPUTS = 65_536;

  private final G711CodecFactory factory = new G711CodecFactory();

  @ParameterizedTest
  @CsvSource({"PCMA, sweep-r.a, sweep-r.rea", "PCMU, sweep-r.u, sweep-r.reu"})
  void allSamplesAreByteExact(String encoding, String codeFile, String decodedFile)
      throws Exception {
    short[] source = words("sweep.src");
    short[] expectedCodes = words(codeFile);
    short[] expectedDecoded = words(decodedFile);
    CodecParameters parameters = parametersOf(encoding);
    int frame = parameters.samplesPerFrame();
    int compared = 0;
    try (AudioEncoder encoder = factory.createEncoder(parameters);
        AudioDecoder decoder = factory.createDecoder(parameters)) {
      ByteBuffer payload = ByteBuffer.allocate(frame);
      short[] pcm = new short[frame];
      short[] decoded = new short[960];
      for (int start = 0; start < INPUTS; start += frame) {
        int count = Math.min(frame, INPUTS - start);
        System.arraycopy(source, start, pcm, 0, count);
        assertEquals(frame, encoder.encode(pcm, 0, frame, payload.clear()));
        assertEquals(frame, decoder.decode(payload.flip(), decoded, 0));
        for (int i = 0; i < count; i++) {
          String input = "input " + source[start + i];
          assertEquals(expectedCodes[start + i], payload.get(i) & 0xFF, input);
          assertEquals(expectedDecoded[start + i], decoded[i], input);
          compared++;
        }
      }
    }
    assertEquals(INPUTS, compared);
  }

  private CodecParameters parametersOf(String encoding) {
    for (CodecDescriptor descriptor : factory.descriptors()) {
      if (descriptor.encoding().equals(encoding)) {
        return factory.negotiate(descriptor, Fmtp.NONE, Fmtp.NONE).orElseThrow();
      }
    }
    throw new AssertionError("not offered: " + encoding);
  }

  private static short[] words(String name) throws IOException {
    String configured = System.getenv("MEDIACORE_VECTORS");
    Path folder = Path.of(configured == null ? "../../shared/vectors" : configured, "g711");
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "reference vectors: set MEDIACORE_VECTORS to their folder");
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    assertTrue(bytes.length == 2 * INPUTS, name + " has " + bytes.length + " bytes");
    short[] words = new short[INPUTS];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(words);
    return words;
  }
}
