package org.mediacore.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedsTest {
  @TempDir Path temporary;
  private Path distribution;
  private Path home;
  private long timeMs = 1_000_000;

  @BeforeEach
  void makeFolders() throws IOException {
    distribution = Files.createDirectory(temporary.resolve("dist"));
    home = Files.createDirectory(temporary.resolve("home"));
  }

  private void ship(String name, String content) throws IOException {
    Path file = Files.writeString(distribution.resolve(name), content);
    timeMs += 1_000;
    Files.setLastModifiedTime(file, FileTime.fromMillis(timeMs));
  }

  private void seed() throws IOException {
    Seeds seeds = Seeds.load(temporary.resolve("seeds.properties"));
    seeds.apply("deploy", distribution, home);
    seeds.save();
  }

  private Map<String, String> home() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.toList()) {
        content.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return content;
  }

  @Test
  void filesArePutOnce() throws IOException {
    ship("codec.a-1.0.0.jar", "a");
    seed();
    seed();
    assertEquals(Map.of("codec.a-1.0.0.jar", "a"), home());
  }

  @Test
  void removedFileDoesNotComeBackEvenWhenItIsRebuilt() throws IOException {
    ship("codec.a-1.0.0.jar", "a");
    seed();
    Files.delete(home.resolve("codec.a-1.0.0.jar"));
    seed();
    ship("codec.a-1.0.0.jar", "rebuilt");
    seed();
    ship("codec.a-1.1.0.jar", "next");
    Files.delete(distribution.resolve("codec.a-1.0.0.jar"));
    seed();
    assertEquals(Map.of(), home());
  }

  @Test
  void unchangedFileFollowsTheDistribution() throws IOException {
    ship("codec.a-1.0.0.jar", "a");
    seed();
    ship("codec.a-1.0.0.jar", "rebuilt");
    seed();
    assertEquals(Map.of("codec.a-1.0.0.jar", "rebuilt"), home());
    Files.delete(distribution.resolve("codec.a-1.0.0.jar"));
    ship("codec.a-1.1.0.jar", "next");
    seed();
    assertEquals(Map.of("codec.a-1.1.0.jar", "next"), home());
  }

  @Test
  void changedFileStays() throws IOException {
    ship("org.a.cfg", "#x = 1");
    seed();
    Files.writeString(home.resolve("org.a.cfg"), "x = 2");
    ship("org.a.cfg", "#x = 1, explained");
    seed();
    assertEquals(Map.of("org.a.cfg", "x = 2"), home());
  }

  @Test
  void operatorsOwnFileOfTheSameNameStays() throws IOException {
    Files.writeString(home.resolve("org.a.cfg"), "x = 2");
    ship("org.a.cfg", "#x = 1");
    seed();
    ship("org.a.cfg", "#x = 1, explained");
    seed();
    assertEquals(Map.of("org.a.cfg", "x = 2"), home());
  }

  @Test
  void homeOfAnEarlierDistributionGetsWhatIsNew() throws IOException {
    ship("codec.a-1.0.0.jar", "a");
    seed();
    Files.delete(home.resolve("codec.a-1.0.0.jar"));
    ship("transport.b-1.0.0.jar", "b");
    seed();
    assertEquals(Map.of("transport.b-1.0.0.jar", "b"), home());
  }

  @Test
  void fileThatIsNoLongerShippedGoesUnlessChanged() throws IOException {
    ship("codec.a-1.0.0.jar", "a");
    ship("codec.b-1.0.0.jar", "b");
    seed();
    Files.writeString(home.resolve("codec.b-1.0.0.jar"), "mine");
    Files.delete(distribution.resolve("codec.a-1.0.0.jar"));
    Files.delete(distribution.resolve("codec.b-1.0.0.jar"));
    seed();
    assertEquals(Map.of("codec.b-1.0.0.jar", "mine"), home());
  }
}
