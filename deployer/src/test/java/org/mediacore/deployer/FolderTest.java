package org.mediacore.deployer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
  private static final long SETTLE_NS = 150;

  @TempDir Path directory;
  private Folder folder;
  private Path jar;

  @BeforeEach
  void makeFolder() {
    folder = new Folder(directory, ".jar", SETTLE_NS);
    jar = directory.resolve("a.jar");
  }

  @Test
  void fileCountsOnceItHasStoppedChanging() throws IOException {
    Files.writeString(jar, "one");
    assertTrue(folder.scan(0).isEmpty());
    assertTrue(folder.unsettled());
    Files.writeString(jar, "one and more");
    assertTrue(folder.scan(149).isEmpty());
    assertTrue(folder.scan(298).isEmpty(), "149 ns after its last change");
    assertEquals(List.of(jar), folder.scan(299).added());
    assertFalse(folder.unsettled());
    assertTrue(folder.scan(1_000).isEmpty(), "reported once");
  }

  @Test
  void clockMayWrap() throws IOException {
    Files.writeString(jar, "one");
    folder.scan(Long.MAX_VALUE - 50);
    assertEquals(List.of(jar), folder.scan(Long.MAX_VALUE - 50 + SETTLE_NS).added());
  }

  @Test
  void changedAndRemovedFilesAreTold() throws IOException {
    Files.writeString(jar, "one");
    assertEquals(List.of(jar), folder.scanAtOnce().added());
    Files.writeString(jar, "other");
    folder.scan(0);
    assertEquals(List.of(jar), folder.scan(SETTLE_NS).changed());
    Files.delete(jar);
    assertEquals(List.of(jar), folder.scan(SETTLE_NS).removed());
    assertTrue(folder.scan(SETTLE_NS).isEmpty());
  }

  @Test
  void fileThatGoesBeforeItSettlesWasNeverThere() throws IOException {
    Files.writeString(jar, "one");
    folder.scan(0);
    Files.delete(jar);
    assertTrue(folder.scan(SETTLE_NS).isEmpty());
    assertFalse(folder.unsettled());
  }

  @Test
  void otherEndingsHiddenFilesAndDirectoriesDoNotCount() throws IOException {
    Files.writeString(directory.resolve("a.jar.part"), "x");
    Files.writeString(directory.resolve(".b.jar"), "x");
    Files.createDirectory(directory.resolve("c.jar"));
    assertTrue(folder.scanAtOnce().isEmpty());
  }

  @Test
  void unreadableDirectoryChangesNothing() throws IOException {
    Files.writeString(jar, "one");
    folder.scanAtOnce();
    Path aside = directory.resolveSibling(directory.getFileName() + "-aside");
    Files.move(directory, aside);
    assertThrows(IOException.class, () -> folder.scan(0));
    Files.move(aside, directory);
    assertTrue(folder.scan(0).isEmpty());
  }
}
