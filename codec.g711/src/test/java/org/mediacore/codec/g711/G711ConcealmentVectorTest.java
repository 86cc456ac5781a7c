package org.mediacore.codec.g711;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our concealment against ITU-T G.711 Appendix I and the platform's own: on the vectors of ITU-T
 * G.191 and on recordings of speech. The table of the README is what this test writes to
 * target/concealment.md.
 */
class G711ConcealmentVectorTest {
  private static final int FRAME = 80;
  private static final int GOOD = 0x6B21; // ITU-T G.192
  private static final long SEED = 711;
  private static final List<String> TABLE = new ArrayList<>();

  @AfterAll
  static void writeTable() throws IOException {
    Files.write(Path.of("target", "concealment.md"), TABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "10_2"})
  void theReferenceIsAppendixI(String mask) throws IOException {
    short[] clean = samples(file("g711-appI-plc", "f2.le"));
    short[] expected = samples(file("g711-appI-plc", "f2_" + mask + ".raw"));
    short[] got = Concealments.APPENDIX_I.run(clean, mask(mask, clean.length / FRAME));
    assertEquals(-1, Arrays.mismatch(expected, got), "first sample that differs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "10_2"})
  void vectorsComeOutCloserThanByAppendixI(String mask) throws IOException {
    short[] clean = Concealments.throughCodec(samples(file("g711-appI-plc", "f2.le")));
    boolean[] lost = mask(mask, clean.length / FRAME);
    Map<Concealments, Closeness> measured = measure(List.of(clean), List.of(lost));
    note("f2, " + mask, measured);
    Closeness ours = measured.get(Concealments.OURS);
    assertTrue(ours.segments() >= 30, ours.segments() + " segments");
    assertCloser(measured, Concealments.APPENDIX_I, 0, 0);
    assertCloser(measured, Concealments.PLATFORM, 0, 0);
  }

  /**
   * Where much is lost at a time, most of it is silence either way, and before it the level counts
   * alone: Appendix I is louder, the platform's softer. There we may be behind by what is said
   * here.
   */
  @ParameterizedTest
  @CsvSource({
    "10, 0.01, 0, 0, 0",
    "10, 0.10, 0, 0, 0",
    "20, 0.01, 0, 0, 0",
    "20, 0.03, 0, 0, 0",
    "20, 0.05, 0, 0, 0",
    "20, 0.10, 0, 0, 0",
    "30, 0.05, 0, 0, 0",
    "20, 0.05, 3, 0.1, 0.2",
    "60, 0.05, 0, 0.1, 0.6",
  })
  void speechComesOutCloserThanByAppendixI(
      int packetMs, double share, double burst, double snrBehindDb, double distanceBehindDb)
      throws IOException {
    LossPattern pattern = new LossPattern(packetMs, share, burst);
    List<short[]> speech = speech();
    List<boolean[]> losses = new ArrayList<>();
    Random random = new Random(SEED);
    for (short[] clean : speech) {
      losses.add(pattern.of(clean.length / FRAME, random));
    }
    Map<Concealments, Closeness> measured = measure(speech, losses);
    note(pattern.toString(), measured);
    assertCloser(measured, Concealments.APPENDIX_I, 0, distanceBehindDb);
    assertCloser(measured, Concealments.PLATFORM, snrBehindDb, 0);
  }

  /** Nothing is lost: nothing is changed. */
  @Test
  void withoutLossSpeechIsLeftAlone() throws IOException {
    short[] clean = speech().get(0);
    short[] got = Concealments.OURS.run(clean, new boolean[clean.length / FRAME]);
    assertEquals(-1, Arrays.mismatch(clean, got));
  }

  private static void assertCloser(
      Map<Concealments, Closeness> measured,
      Concealments other,
      double snrBehindDb,
      double distanceBehindDb) {
    Closeness ours = measured.get(Concealments.OURS);
    Closeness theirs = measured.get(other);
    String what = "ours " + ours + " dB, " + other + " " + theirs + " dB, seed " + SEED;
    assertTrue(ours.segmentalSnrDb() >= theirs.segmentalSnrDb() - snrBehindDb, what);
    assertTrue(ours.distanceDb() <= theirs.distanceDb() + distanceBehindDb, what);
  }

  private static Map<Concealments, Closeness> measure(
      List<short[]> speech, List<boolean[]> losses) {
    Map<Concealments, Closeness> measured = new EnumMap<>(Concealments.class);
    for (Concealments concealment : Concealments.values()) {
      Closeness closeness = new Closeness();
      for (int i = 0; i < speech.size(); i++) {
        closeness.add(speech.get(i), concealment.run(speech.get(i), losses.get(i)), losses.get(i));
      }
      measured.put(concealment, closeness);
    }
    return measured;
  }

  private static void note(String what, Map<Concealments, Closeness> measured) {
    StringBuilder row = new StringBuilder("| " + what);
    measured.forEach((name, closeness) -> row.append(" | ").append(closeness));
    TABLE.add(row.append(" |").toString());
  }

  private static boolean[] mask(String name, int frames) throws IOException {
    short[] mask = samples(file("g711-appI-plc", "fe" + name + ".g192"));
    boolean[] lost = new boolean[frames];
    for (int i = 0; i < frames; i++) {
      lost[i] = mask[i % mask.length] != GOOD;
    }
    return lost;
  }

  /** Recordings at 8 kHz, as a decoder hears them. */
  private static List<short[]> speech() throws IOException {
    List<short[]> speech = new ArrayList<>();
    try (var files = Files.list(folder("speech").resolve("asterisk-8k"))) {
      for (Path path : files.filter(p -> p.toString().endsWith(".wav")).sorted().toList()) {
        short[] wav = samples(Files.readAllBytes(path));
        // 44 bytes of header are 22 samples; whole packets of any length.
        int count = (wav.length - 22) / 480 * 480;
        speech.add(Concealments.throughCodec(Arrays.copyOfRange(wav, 22, 22 + count)));
      }
    }
    return speech;
  }

  private static byte[] file(String folder, String name) throws IOException {
    return Files.readAllBytes(folder(folder).resolve(name));
  }

  private static Path folder(String name) {
    String configured = System.getenv("MEDIACORE_VECTORS");
    Path folder = Path.of(configured == null ? "../../shared/vectors" : configured, name);
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "reference vectors: set MEDIACORE_VECTORS to their folder");
    return folder;
  }

  private static short[] samples(byte[] bytes) {
    short[] samples = new short[bytes.length / 2];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return samples;
  }
}
