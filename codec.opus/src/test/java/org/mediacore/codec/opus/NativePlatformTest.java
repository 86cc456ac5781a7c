package org.mediacore.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/** Which library is used where, and what happens where there is none. */
class NativePlatformTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux/x64/org/lwjgl/opus/libopus.so",
    "Linux, aarch64, linux/arm64/org/lwjgl/opus/libopus.so",
    "Mac OS X, x86_64, macos/x64/org/lwjgl/opus/libopus.dylib",
    "Mac OS X, aarch64, macos/arm64/org/lwjgl/opus/libopus.dylib",
    "Windows 11, amd64, windows/x64/org/lwjgl/opus/opus.dll",
    "Windows Server 2022, aarch64, windows/arm64/org/lwjgl/opus/opus.dll"
  })
  void libraryIsEmbedded(String osName, String osArch, String resource) {
    assertEquals(resource, NativePlatform.of(osName, osArch).orElseThrow().resource());
    assertNotNull(getClass().getClassLoader().getResource(resource), resource);
  }

  @ParameterizedTest
  @CsvSource({"Linux, riscv64", "Linux, i386", "SunOS, amd64", "FreeBSD, amd64", "'', ''"})
  void otherPlatformsFallBack(String osName, String osArch) throws Exception {
    assertEquals(Optional.empty(), NativePlatform.of(osName, osArch));
    assertCodes(new EngineChoice(osName, osArch, directory).engine(Optional.empty()));
  }

  @Test
  void switchedOffFallsBack() throws Exception {
    assertCodes(here(directory).engine(Optional.of("native = false")));
  }

  /** The library of another architecture is what a broken file is to the linker. */
  @Test
  void aLibraryThatDoesNotLoadFallsBack() throws Exception {
    String osArch = System.getProperty("os.arch").equals("aarch64") ? "amd64" : "aarch64";
    EngineChoice other = new EngineChoice(System.getProperty("os.name"), osArch, directory);
    assertCodes(other.engine(Optional.empty()));
    try (var left = Files.list(directory)) {
      assertEquals(0, left.count(), "the copy was left behind");
    }
  }

  @Test
  void aFolderThatCannotBeWrittenFallsBack() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertCodes(here(file.resolve("below")).engine(Optional.empty()));
  }

  private static EngineChoice here(Path directory) {
    return new EngineChoice(
        System.getProperty("os.name"), System.getProperty("os.arch"), directory);
  }

  private static void assertCodes(OpusEngine engine) throws Exception {
    assertInstanceOf(JavaEngine.class, engine);
    OpusCodecFactory factory = new OpusCodecFactory(engine, OpusSettings.DEFAULT);
    CodecParameters parameters = Engines.parameters(new AudioFormat(48_000, 1), 20_000, Fmtp.NONE);
    try (AudioEncoder encoder = factory.createEncoder(parameters);
        AudioDecoder decoder = factory.createDecoder(parameters)) {
      ByteBuffer payload = ByteBuffer.allocate(1275);
      encoder.encode(new short[960], 0, 960, payload);
      assertEquals(960, decoder.decode(payload.flip(), new short[5760], 0));
    }
    engine.release();
  }
}
