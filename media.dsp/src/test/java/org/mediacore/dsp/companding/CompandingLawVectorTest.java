package org.mediacore.dsp.companding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.dsp.SampleFormat;

/**
 * All 65,536 samples through both laws and back, against ITU-T G.191 (vectors g711/): sweep.src are
 * the samples, one per little-endian word; .a and .u hold a code per word, .rea and .reu a sample.
 */
class CompandingLawVectorTest {
  private static final Path VECTORS =
      Path.of(
          Optional.ofNullable(System.getenv("MEDIACORE_VECTORS"))
              .orElse(Path.of("..", "..", "shared", "vectors").toString()),
          "g711");

  @ParameterizedTest
  @CsvSource({"A_LAW,sweep-r.a,sweep-r.rea", "MU_LAW,sweep-r.u,sweep-r.reu"})
  void allSamplesAreExact(CompandingLaw law, String codes, String decoded) throws IOException {
    assumeTrue(Files.isDirectory(VECTORS), "set MEDIACORE_VECTORS to the folder that holds g711/");
    short[] source = words("sweep.src");
    short[] expectedCodes = words(codes);
    byte[] octets = new byte[source.length];
    short[] back = new short[source.length];
    law.encode(source, 0, octets, 0, source.length);
    law.decode(octets, 0, back, 0, source.length);
    assertEquals(65536, source.length);
    for (int i = 0; i < octets.length; i++) {
      assertEquals(expectedCodes[i], octets[i] & 0xFF, "sample " + source[i]);
    }
    assertArrayEquals(words(decoded), back);
  }

  private static short[] words(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(VECTORS.resolve(name));
    short[] words = new short[bytes.length / 2];
    SampleFormat.S16_LE.decode(bytes, 0, words, 0, words.length);
    return words;
  }
}
