package org.mediacore.deployer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mediacore.deployer.Deployments.Deployed;

class ArchiveTest {
  @TempDir Path temporary;
  private Path directory;
  private Archive archive;
  private long nowMs = 1_000_000;

  @BeforeEach
  void make() {
    directory = temporary.resolve("data/bundles");
    archive = new Archive(directory, () -> nowMs);
  }

  private Candidate build(String name, String version, String content) throws Exception {
    Path jar = temporary.resolve(name + version + content + ".jar");
    return Candidate.read(Jars.bundle(name, version).file("text", content).write(jar));
  }

  private Candidate keep(String version) throws Exception {
    nowMs += 1_000;
    return archive.keep(build("org.mediacore.codec.a", version, ""));
  }

  private String files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new))
          .toString();
    }
  }

  @Test
  void jarIsKeptOnceUnderItsShortName() throws Exception {
    Candidate build = build("org.mediacore.codec.a", "1.0.0", "x");
    Candidate kept = archive.keep(build);
    assertEquals("[codec.a-1.0.0.jar]", files());
    assertTrue(kept.sameBuildAs(build));
    archive.keep(build);
    assertEquals("[codec.a-1.0.0.jar]", files());
  }

  @Test
  void otherBuildOfAVersionGetsItsChecksum() throws Exception {
    archive.keep(build("codec.a", "1.0.0", "x"));
    Candidate rebuilt = build("codec.a", "1.0.0", "y");
    archive.keep(rebuilt);
    assertEquals("[codec.a-1.0.0+" + rebuilt.checksum() + ".jar, codec.a-1.0.0.jar]", files());
    assertEquals(2, archive.builds().size());
  }

  @Test
  void nameThatIsNoFileNameIsMadeOne() throws Exception {
    archive.keep(build("codec", "1.0.0", "x"));
    Path odd = temporary.resolve("odd.jar");
    archive.keep(Candidate.read(Jars.bundle("../../a b", "1.0.0").write(odd)));
    assertEquals("[_._.._a_b-1.0.0.jar, codec-1.0.0.jar]", files());
  }

  @Test
  void whatAnOperatorPutsThereCounts() throws Exception {
    Files.createDirectories(directory);
    Jars.bundle("codec.a", "2.0.0").write(directory.resolve("my own name.jar"));
    Files.writeString(directory.resolve("half.jar"), "half of a jar");
    Files.writeString(directory.resolve("readme.txt"), "text");
    assertEquals(List.of("codec.a 2.0.0"), archive.builds().stream().map(b -> "" + b).toList());
  }

  @Test
  void oldestThatAreNotDeployedGo() throws Exception {
    for (String version : List.of("1.0.0", "1.1.0", "1.2.0", "1.3.0")) {
      keep(version);
    }
    keep("1.1.0");
    archive.keep(build("codec.b", "1.0.0", ""));
    archive.prune(2, build -> build.version().getMinor() == 3);
    assertEquals(
        "[codec.a-1.1.0.jar, codec.a-1.2.0.jar, codec.a-1.3.0.jar, codec.b-1.0.0.jar]", files());
  }

  @Test
  void folderThatCannotBeWrittenIsSaidOnceAndTriedAMinuteLater() throws Exception {
    Files.createDirectories(directory.getParent());
    Files.writeString(directory, "a file where the folder should be");
    Candidate build = build("codec.a", "1.0.0", "x");
    assertThrows(IOException.class, () -> archive.keep(build));

    Archivist archivist = new Archivist(archive, () -> 5, any -> false);
    List<Deployed> deployed = List.of(running(build));
    archivist.look(deployed, 0);
    Files.delete(directory);
    archivist.look(deployed, TimeUnit.SECONDS.toNanos(59));
    assertTrue(Files.notExists(directory), "not tried twice a second");
    archivist.look(deployed, TimeUnit.SECONDS.toNanos(60));
    assertEquals("[codec.a-1.0.0.jar]", files());
  }

  @Test
  void whatDoesNotRunIsNotArchived() throws Exception {
    Candidate build = build("codec.a", "1.0.0", "x");
    Archivist archivist = new Archivist(archive, () -> 5, any -> false);
    archivist.look(List.of(new Deployed(build, Optional.empty(), "refused")), 0);
    assertTrue(Files.notExists(directory));
  }

  @Test
  void jarThatChangesUnderTheCopyIsNotArchived() throws Exception {
    Candidate before = build("codec.a", "1.0.0", "x");
    Jars.bundle("codec.a", "1.0.0").file("text", "y").write(before.file());
    assertThrows(IOException.class, () -> archive.keep(before));
    assertEquals("[]", files());
  }

  private static Deployed running(Candidate build) {
    return new Deployed(build, Optional.of(ActiveBundle.make()), "");
  }
}
