package org.mediacore.codec.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Without libfdk-aac there is no error: AAC is decoded only. */
class LibraryMissingTest {
  @TempDir Path folder;

  @Test
  void fileThatIsNotThere() {
    AacSettings settings = AacSettings.DEFAULT.orLibrary(folder.resolve("none.so").toString());
    assertEquals(Optional.empty(), EncoderChoice.library(settings));
  }

  @Test
  void fileThatIsNoLibrary() throws Exception {
    Path file = Files.writeString(folder.resolve("libfdk-aac.so.2"), "no library");
    AacSettings settings = AacSettings.DEFAULT.orLibrary(file.toString());
    assertEquals(Optional.empty(), EncoderChoice.library(settings));
  }

  /** It can be had by its name, but has none of the functions. */
  @Test
  void anotherLibrary() {
    Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"), "libm.so.6 is Linux's");
    assertEquals(
        Optional.empty(), EncoderChoice.library(AacSettings.DEFAULT.orLibrary("libm.so.6")));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, libfdk-aac.so.2",
    "Mac OS X, libfdk-aac.2.dylib",
    "Windows 11, libfdk-aac-2",
  })
  void nameOfTheSystemsLibrary(String osName, String name) {
    assertEquals(name, FdkLibrary.systemName(osName));
  }

  @Test
  void wrongSettingsAreNamed() {
    List<String> complaints = new ArrayList<>();
    AacSettings read = AacSettings.read(Map.of("object", "he", "bitrate", "5"), complaints::add);
    assertEquals(AacSettings.DEFAULT, read);
    assertEquals(2, complaints.size());
    assertTrue(complaints.get(0).contains("object = he is not eld, ld or lc"), complaints.get(0));
    assertTrue(complaints.get(1).contains("bitrate = 5"), complaints.get(1));
  }

  @Test
  void settingsAreRead() {
    Map<String, Object> properties =
        Map.of("library", " /opt/fdk.so ", "object", "ld", "bitrate", 32_000);
    assertEquals(
        new AacSettings("/opt/fdk.so", AacConfig.LOW_DELAY, 32_000),
        AacSettings.read(properties, complaint -> assertEquals("", complaint)));
    assertEquals("/a", AacSettings.DEFAULT.orLibrary("/a").library());
    assertEquals("/a", AacSettings.DEFAULT.orLibrary("/a").orLibrary("/b").library());
  }
}
