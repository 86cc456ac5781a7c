package org.mediacore.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.codec.Fmtp;

/** How long the library stays mapped, and that revisions of the bundle do not share it. */
class NativeEngineTest {
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final CodecParameters PARAMETERS =
      Engines.parameters(new AudioFormat(48_000, 1), 20_000, Fmtp.parse("useinbandfec=1"));

  @TempDir Path directory;

  /**
   * The factory lets go first, as when a bundle stops; the last instance takes the library along.
   */
  @Test
  void libraryStaysForTheLastInstance() throws Exception {
    OpusEngine engine = Engines.libopus(directory);
    OpusCodecFactory factory = new OpusCodecFactory(engine, OpusSettings.DEFAULT);
    AudioEncoder encoder = factory.createEncoder(PARAMETERS);
    AudioDecoder decoder = factory.createDecoder(PARAMETERS);
    assertMapped(true, directory);

    engine.release();
    assertCodes(encoder, decoder);
    encoder.close();
    assertMapped(true, directory);
    decoder.close();
    assertMapped(false, directory);
    assertEquals(List.of(), files(directory), "the copy is left");

    encoder.close();
    decoder.close();
    short[] pcm = new short[5760];
    ByteBuffer payload = ByteBuffer.allocate(1275);
    assertEquals(MediaStatus.FAILED, encoder.encode(pcm, 0, 960, payload));
    assertEquals(MediaStatus.FAILED, decoder.decode(payload, pcm, 0));
    assertEquals(MediaStatus.FAILED, decoder.conceal(960, pcm, 0));
    assertEquals(MediaStatus.FAILED, decoder.recover(payload, 0, 960, pcm, 0));
    assertFalse(encoder.tune(EncoderTuning.builder().complexity(1).build()));
    MediaSetupException late =
        assertThrows(MediaSetupException.class, () -> factory.createEncoder(PARAMETERS));
    assertEquals(MediaSetupException.Reason.WRONG_STATE, late.reason());
    assertThrows(MediaSetupException.class, () -> factory.createDecoder(PARAMETERS));
  }

  /** Stopped and started while a call goes on: one mapping, and it is loaded anew after the end. */
  @Test
  void startedAgainWhileAnInstanceLives() throws Exception {
    OpusEngine first = Engines.libopus(directory);
    AudioEncoder encoder =
        new OpusCodecFactory(first, OpusSettings.DEFAULT).createEncoder(PARAMETERS);
    first.release();
    OpusEngine again = Engines.libopus(directory);
    assertSame(first, again);
    encoder.close();
    assertMapped(true, directory);
    again.release();
    assertMapped(false, directory);

    OpusEngine anew = Engines.libopus(directory);
    assertNotSame(first, anew);
    OpusCodecFactory factory = new OpusCodecFactory(anew, OpusSettings.DEFAULT);
    try (AudioEncoder later = factory.createEncoder(PARAMETERS);
        AudioDecoder decoder = factory.createDecoder(PARAMETERS)) {
      assertCodes(later, decoder);
    }
    anew.release();
    assertMapped(false, directory);
  }

  /** A refused instance holds nothing. */
  @Test
  void aRefusalLeavesNothingOpen() throws Exception {
    OpusEngine engine = Engines.libopus(directory);
    AudioFormat odd = new AudioFormat(44_100, 1);
    assertThrows(MediaSetupException.class, () -> engine.newEncoder(odd, Application.VOIP));
    assertThrows(MediaSetupException.class, () -> engine.newDecoder(new DecoderPlan(odd, 5, true)));
    engine.release();
    assertMapped(false, directory);
  }

  /** Copies that a crash left are gone after the next load. */
  @Test
  void leftoversAreRemoved() throws Exception {
    Path leftover = Files.createFile(directory.resolve("opus-1.so"));
    Path foreign = Files.createFile(directory.resolve("other"));
    OpusEngine engine = Engines.libopus(directory);
    assertFalse(Files.exists(leftover));
    assertTrue(Files.exists(foreign));
    engine.release();
  }

  /**
   * Two revisions of the bundle at once, the older one uninstalled and refreshed: its class loader
   * gives out nothing more. Its instances go on; closing them does not touch the newer revision.
   */
  @Test
  void revisionsAreIndependent() throws Exception {
    Engines.libopus(directory.resolve("probe")).release();
    BundleRevision older = new BundleRevision(directory.resolve("older"));
    BundleRevision newer = new BundleRevision(directory.resolve("newer"));
    AudioCodecFactory olderFactory = older.factory();
    AudioCodecFactory newerFactory = newer.factory();
    assertNotSame(olderFactory.getClass(), newerFactory.getClass());
    AudioEncoder oldEncoder = olderFactory.createEncoder(PARAMETERS);
    AudioDecoder oldDecoder = olderFactory.createDecoder(PARAMETERS);
    AudioEncoder newEncoder = newerFactory.createEncoder(PARAMETERS);
    AudioDecoder newDecoder = newerFactory.createDecoder(PARAMETERS);

    older.uninstall();
    assertMapped(true, older.directory());
    assertMapped(true, newer.directory());
    assertCodes(oldEncoder, oldDecoder);
    assertCodes(newEncoder, newDecoder);
    assertCodes(oldEncoder, newDecoder);

    oldEncoder.close();
    oldDecoder.close();
    assertMapped(false, older.directory());
    assertMapped(true, newer.directory());
    assertCodes(newEncoder, newDecoder);

    newEncoder.close();
    newDecoder.close();
    assertMapped(true, newer.directory());
    newer.uninstall();
    assertMapped(false, newer.directory());
  }

  /**
   * Somebody else has a libopus whose names are visible to all: ours must not call into it, or that
   * one could not be unmapped, and another version of it would crash us.
   */
  @Test
  void aLibopusOfSomebodyElseIsNotUsed() throws Exception {
    Assumptions.assumeTrue(Files.isReadable(MAPS), "flags below are those of Linux");
    NativePlatform platform =
        NativePlatform.of("Linux", System.getProperty("os.arch")).orElseThrow();
    Path foreign = Files.createDirectory(directory.resolve("foreign"));
    Path file = foreign.resolve("opus-foreign.so");
    try (InputStream in = getClass().getClassLoader().getResourceAsStream(platform.resource())) {
      Files.copy(in, file);
    }
    int lazyGlobal = 0x1 | 0x100;
    NativeLibrary others =
        NativeLibrary.getInstance(file.toString(), Map.of(Library.OPTION_OPEN_FLAGS, lazyGlobal));
    OpusEngine engine = Engines.libopus(directory.resolve("ours"));
    OpusCodecFactory factory = new OpusCodecFactory(engine, OpusSettings.DEFAULT);
    try (AudioEncoder encoder = factory.createEncoder(PARAMETERS);
        AudioDecoder decoder = factory.createDecoder(PARAMETERS)) {
      assertCodes(encoder, decoder);
      others.close();
      assertMapped(false, foreign);
      assertCodes(encoder, decoder);
    }
    engine.release();
  }

  /** A libopus without deep redundancy codes as ever; that it was wished for is said. */
  @Test
  void aLibraryThatLacksAFunctionIsUsedWithoutIt() throws Exception {
    Assumptions.assumeTrue(Files.isReadable(MAPS), "what is changed below is a library of Linux");
    NativePlatform embedded =
        NativePlatform.of("Linux", System.getProperty("os.arch")).orElseThrow();
    Path classes = Path.of(getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
    Path lacking = classes.resolve("libopus-without-dred.so");
    try (InputStream in = getClass().getClassLoader().getResourceAsStream(embedded.resource())) {
      String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      String renamed = bytes.replace("\0opus_dred_parse\0", "\0opus_dred_pearl\0");
      assertNotEquals(bytes, renamed);
      Files.write(lacking, renamed.getBytes(StandardCharsets.ISO_8859_1));
    }
    NativePlatform platform =
        new NativePlatform(
            lacking.getFileName().toString(), embedded.suffix(), embedded.openFlags());
    OpusEngine engine = NativeEngine.acquire(platform, directory);
    try {
      assertFalse(engine.has(LibraryFeature.DEEP_REDUNDANCY));
      assertTrue(engine.has(LibraryFeature.DECODER_COMPLEXITY));
      OpusSettings wishes =
          OpusSettings.read(Map.of("dred", 200), OpusSettings.DEFAULT, AssertionError::new);
      String complaint = wishes.missingIn(engine).get(0);
      assertTrue(complaint.contains("dred = 200 has no effect"), complaint);
      OpusCodecFactory factory = new OpusCodecFactory(engine, wishes);
      try (AudioEncoder encoder = factory.createEncoder(PARAMETERS);
          AudioDecoder decoder = factory.createDecoder(PARAMETERS)) {
        assertCodes(encoder, decoder);
      }
    } finally {
      engine.release();
      Files.delete(lacking);
    }
    assertMapped(false, directory);
  }

  private static void assertCodes(AudioEncoder encoder, AudioDecoder decoder) {
    short[] frame = new short[960];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = (short) (8_000 * Math.sin(2 * Math.PI * 440 * i / 48_000));
    }
    short[] pcm = new short[5760];
    encoder.tune(
        EncoderTuning.builder().expectedLossPercent(10).bitrateBps(24_000).dtx(false).build());
    double energy = 0;
    for (int i = 0; i < 5; i++) {
      ByteBuffer payload = ByteBuffer.allocate(1275);
      assertTrue(encoder.encode(frame, 0, 960, payload) > 2);
      payload.flip();
      assertEquals(960, decoder.conceal(960, pcm, 0));
      int rebuilt = decoder.recover(payload, 0, 960, pcm, 0);
      assertTrue(rebuilt == 960 || rebuilt == MediaStatus.UNSUPPORTED);
      assertEquals(960, decoder.decode(payload, pcm, 0));
      energy = java.util.stream.IntStream.range(0, 960).mapToDouble(k -> pcm[k] * pcm[k]).sum();
    }
    assertTrue(energy / 960 > 1e6, "the tone does not come out");
  }

  private static List<String> files(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** Whether the process maps a library out of a folder; known on Linux only. */
  private static void assertMapped(boolean expected, Path directory) throws IOException {
    Assumptions.assumeTrue(Files.isReadable(MAPS), "no /proc/self/maps");
    String folder = directory.toRealPath() + "/opus-";
    boolean mapped = Files.readAllLines(MAPS).stream().anyMatch(line -> line.contains(folder));
    assertEquals(expected, mapped, "mapped out of " + directory);
  }
}
