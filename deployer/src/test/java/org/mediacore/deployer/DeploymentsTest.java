package org.mediacore.deployer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** A directory of jars in a real framework; each step is driven by hand. */
class DeploymentsTest {
  @TempDir Path temporary;
  private Path directory;
  private Container container;
  private Folder folder;
  private Deployments deployments;
  private final List<String> events = new ArrayList<>();
  private final List<String> hooked = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    directory = Files.createDirectory(temporary.resolve("deploy"));
    container = new Container(temporary.resolve("felix"));
    folder = new Folder(directory, ".jar", 0);
    deployments =
        new Deployments(
            container.context(),
            Base.now(container.context()),
            bundle -> hooked.add(bundle.getSymbolicName()),
            new Insistence(ms -> {}));
    container.context().addBundleListener((SynchronousBundleListener) this::record);
  }

  @AfterEach
  void stop() throws Exception {
    container.close();
  }

  private void record(BundleEvent event) {
    String what =
        switch (event.getType()) {
          case BundleEvent.STARTED -> "started ";
          case BundleEvent.UNINSTALLED -> "uninstalled ";
          case BundleEvent.UPDATED -> "updated ";
          default -> "";
        };
    String location = event.getBundle().getLocation();
    if (!what.isEmpty() && !location.startsWith("deploy-trial:")) {
      events.add(what + location);
    }
  }

  private void look() throws Exception {
    deployments.apply(folder.scanAtOnce());
  }

  private Path jar(String name) {
    return directory.resolve(name);
  }

  @Test
  void jarIsStartedUpdatedAndRemoved() throws Exception {
    Jars.bundle("codec.a", "1.0.0").write(jar("a.jar"));
    look();
    assertEquals(List.of("codec.a 1.0.0 active"), container.bundles());
    assertEquals(List.of("codec.a"), hooked, "configured before it started");
    long id = container.context().getBundle("deploy:a.jar").getBundleId();

    Jars.bundle("codec.a", "1.1.0").write(jar("a.jar"));
    look();
    assertEquals(List.of("codec.a 1.1.0 active"), container.bundles());
    assertEquals(id, container.context().getBundle("deploy:a.jar").getBundleId(), "in place");

    Files.delete(jar("a.jar"));
    look();
    assertEquals(List.of(), container.bundles());
    assertEquals(List.of(), deployments.complaints());
  }

  @Test
  void touchedJarIsLeftRunning() throws Exception {
    Path jar = Jars.bundle("codec.a", "1.0.0").write(jar("a.jar"));
    look();
    events.clear();
    Jars.touchAfter(jar, Files.getLastModifiedTime(jar).toMillis());
    look();
    assertEquals(List.of(), events);
  }

  @Test
  void newerVersionStartsBeforeTheOlderLeaves() throws Exception {
    Jars.bundle("codec.a", "1.0.0").write(jar("a-1.0.jar"));
    look();
    events.clear();
    Jars.bundle("codec.a", "1.1.0").write(jar("a-1.1.jar"));
    Files.delete(jar("a-1.0.jar"));
    look();
    assertEquals(List.of("started deploy:a-1.1.jar", "uninstalled deploy:a-1.0.jar"), events);
  }

  @Test
  void twoVersionsRunSideBySide() throws Exception {
    Jars.bundle("codec.a", "1.0.0").write(jar("a-1.0.jar"));
    look();
    Jars.bundle("codec.a", "1.1.0").write(jar("a-1.1.jar"));
    look();
    assertEquals(List.of("codec.a 1.0.0 active", "codec.a 1.1.0 active"), container.bundles());
  }

  @Test
  void duplicateIsRefusedUntilTheOtherLeaves() throws Exception {
    Jars.bundle("codec.a", "1.0.0").write(jar("a.jar"));
    look();
    events.clear();
    Jars.bundle("codec.a", "1.0.0").write(jar("b.jar"));
    look();
    assertEquals(List.of(), events, "the first one is not touched");
    assertEquals(
        List.of("b.jar: refused: codec.a 1.0.0 is there already, from deploy:a.jar"),
        deployments.complaints());
    Files.delete(jar("a.jar"));
    look();
    assertEquals(List.of("uninstalled deploy:a.jar", "started deploy:b.jar"), events);
    assertEquals(List.of(), deployments.complaints());
  }

  @Test
  void renamedJarMoves() throws Exception {
    Path jar = Jars.bundle("codec.a", "1.0.0").write(jar("a.jar"));
    look();
    Files.move(jar, jar("b.jar"));
    look();
    assertEquals(List.of("codec.a 1.0.0 active"), container.bundles());
    assertEquals(List.of(), deployments.complaints());
  }

  @Test
  void missingPackageIsNamedAndArrives() throws Exception {
    Jars.bundle("codec.a", "1.0.0").header("Import-Package", "org.lib").write(jar("a.jar"));
    look();
    assertEquals(List.of("codec.a 1.0.0 installed"), container.bundles());
    assertEquals(
        List.of("a.jar: cannot be used, nothing provides: package (osgi.wiring.package=org.lib)"),
        deployments.complaints());
    Jars.bundle("lib", "1.0.0").header("Export-Package", "org.lib").write(jar("lib.jar"));
    look();
    assertTrue(container.bundles().contains("codec.a 1.0.0 active"), container.bundles()::toString);
    assertEquals(List.of(), deployments.complaints());
  }

  @Test
  void missingRangeIsWrittenAsOne() throws Exception {
    Jars.bundle("codec.a", "1.0.0")
        .header("Import-Package", "org.lib;version=\"[1.0,2)\"")
        .write(jar("a.jar"));
    look();
    assertEquals(
        List.of("a.jar: cannot be used, nothing provides: package org.lib [1.0.0,2.0.0)"),
        deployments.complaints());
  }

  @Test
  void updateThatCannotBeUsedLeavesTheOldOneRunning() throws Exception {
    Jars.bundle("codec.a", "1.0.0").write(jar("a.jar"));
    look();
    events.clear();
    Jars.bundle("codec.a", "1.1.0").header("Import-Package", "org.lib").write(jar("a.jar"));
    look();
    assertEquals(List.of(), events);
    assertEquals(List.of("codec.a 1.0.0 active"), container.bundles());
    assertTrue(deployments.complaints().get(0).contains("org.lib"));
    Jars.bundle("lib", "1.0.0").header("Export-Package", "org.lib").write(jar("lib.jar"));
    look();
    assertTrue(container.bundles().contains("codec.a 1.1.0 active"), container.bundles()::toString);
    assertEquals(List.of(), deployments.complaints());
  }

  @Test
  void brokenUpdateLeavesTheOldOneRunning() throws Exception {
    Jars.bundle("codec.a", "1.0.0").write(jar("a.jar"));
    look();
    events.clear();
    Files.writeString(jar("a.jar"), "half of a jar");
    look();
    assertEquals(List.of(), events);
    assertTrue(deployments.complaints().get(0).startsWith("a.jar: no complete jar"));
    Jars.bundle("codec.a", "1.1.0").write(jar("a.jar"));
    look();
    assertEquals(List.of("codec.a 1.1.0 active"), container.bundles());
  }

  @Test
  void whatIsNoBundleIsRefusedWithAReason() throws Exception {
    Jars.bundle("codec.a", "1.0.0").header("Bundle-Version", "one").write(jar("a.jar"));
    Jars.bundle("", "1.0.0").write(jar("b.jar"));
    Files.writeString(jar("c.jar"), "no zip");
    look();
    assertEquals(List.of(), container.bundles());
    List<String> complaints = deployments.complaints();
    assertEquals(3, complaints.size());
    assertTrue(complaints.get(0).contains("Bundle-Version"), complaints.get(0));
    assertTrue(complaints.get(1).contains("Bundle-SymbolicName"), complaints.get(1));
    assertTrue(complaints.get(2).contains("no complete jar"), complaints.get(2));
  }

  @Test
  void bundleThatFailsToStartIsReported() throws Exception {
    Jars.bundle("codec.a", "1.0.0").header("Bundle-Activator", "no.Such").write(jar("a.jar"));
    look();
    assertTrue(
        deployments.complaints().get(0).contains("no.Such"), deployments.complaints()::toString);
    assertNotEquals(Bundle.ACTIVE, container.context().getBundle("deploy:a.jar").getState());
  }

  @Test
  void bundleThatAnOperatorStoppedStaysStopped() throws Exception {
    Jars.bundle("codec.a", "1.0.0").write(jar("a.jar"));
    look();
    container.context().getBundle("deploy:a.jar").stop();
    Jars.bundle("codec.b", "1.0.0").write(jar("b.jar"));
    look();
    assertEquals(List.of("codec.a 1.0.0 resolved", "codec.b 1.0.0 active"), container.bundles());
  }

  @Test
  void removalLeavesItsUsersAlone() throws Exception {
    Jars.bundle("lib", "1.0.0").header("Export-Package", "org.lib").write(jar("lib.jar"));
    Jars.bundle("codec.a", "1.0.0").header("Import-Package", "org.lib").write(jar("a.jar"));
    look();
    events.clear();
    Files.delete(jar("lib.jar"));
    look();
    assertEquals(List.of("uninstalled deploy:lib.jar"), events);
    assertEquals(List.of("codec.a 1.0.0 active"), container.bundles());
  }
}
