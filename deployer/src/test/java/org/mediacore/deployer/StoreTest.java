package org.mediacore.deployer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mediacore.api.swap.BundleChange;
import org.mediacore.api.swap.BundleChangeException;
import org.mediacore.api.swap.BundleVersion;
import org.mediacore.api.swap.SwapTrial;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;

/** Commands on a home/deploy and its archive, in a real framework, without a thread of its own. */
class StoreTest {
  private static final String CODEC = "org.mediacore.codec.a";
  private static final String CONTRACT = "org.mediacore.api.test.Contract";

  @TempDir Path temporary;
  private Path deploy;
  private Path archived;
  private Container container;
  private Deployer deployer;
  private Store store;
  private final List<String> events = new ArrayList<>();
  private long nowMs = 1_700_000_000_000L;
  private long nowNs;

  @BeforeEach
  void start() throws Exception {
    deploy = Files.createDirectories(temporary.resolve("deploy"));
    archived = Files.createDirectories(temporary.resolve("data/bundles"));
    Files.createDirectories(temporary.resolve("conf"));
    container = new Container(temporary.resolve("felix"));
    Path base = Jars.bundle("org.mediacore.media.runtime", "1.0.0").write(temporary.resolve("r"));
    container.context().installBundle(base.toUri().toString()).start();
    boot();
  }

  @AfterEach
  void stop() throws Exception {
    container.close();
  }

  /** What the bundle's activator does. */
  private void boot() throws Exception {
    BundleContext context = container.context();
    Base base = Base.now(context);
    Archive archive = new Archive(archived, () -> nowMs++);
    ChangeLog log = new ChangeLog(archived);
    deployer =
        new Deployer(
            new Folder(temporary.resolve("conf"), ".cfg", 0),
            new Configurations(
                Optional::empty,
                new Schemas(context, Optional::empty),
                Overrides.of(property -> null)),
            new Folder(deploy, ".jar", 1_000),
            new Deployments(context, base, bundle -> {}, new Insistence(ms -> {})),
            new Archivist(() -> true, archive, () -> 5, log::mentions));
    DeployFolder folder =
        new DeployFolder(deploy, archive, deployer, deployer::follow, new Provided(context, 0));
    store = new Store(base, archive, deployer, folder, log, () -> nowMs);
    store.recover();
    deployer.start();
    look();
    context.addBundleListener((SynchronousBundleListener) this::record);
  }

  private void record(BundleEvent event) {
    boolean started = event.getType() == BundleEvent.STARTED;
    if (started || event.getType() == BundleEvent.UNINSTALLED) {
      Bundle bundle = event.getBundle();
      if (!Deployments.isTrial(bundle)) {
        events.add((started ? "started " : "gone ") + bundle.getVersion());
      }
    }
  }

  private void look() throws InterruptedException {
    deployer.scan(nowNs += 2_000, false);
    deployer.scan(nowNs += 2_000, false);
  }

  private Path jar(Path folder, String version) throws IOException {
    return Jars.bundle(CODEC, version).write(folder.resolve("codec.a-" + version + ".jar"));
  }

  private static String names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .collect(Collectors.toCollection(TreeSet::new))
          .toString();
    }
  }

  private static String text(BundleChange change) {
    return change.before() + " -> " + change.after();
  }

  private String refusal(String bundle, String version) {
    return assertThrows(
            BundleChangeException.class, () -> store.swap(bundle, version, SwapTrial.NONE))
        .getMessage();
  }

  @Test
  void stagedVersionTakesThePlaceOfTheOtherAndUndoGoesBack() throws Exception {
    jar(deploy, "1.0.0");
    look();
    jar(archived, "1.1.0");
    events.clear();
    BundleChange change = store.swap("codec.a", "1.1", SwapTrial.NONE);
    assertEquals("[1.0.0] -> [1.1.0]", text(change));
    assertEquals(CODEC, change.bundle());
    assertEquals(List.of("started 1.1.0", "gone 1.0.0"), events, "never without the codec");
    assertEquals("[codec.a-1.1.0.jar]", names(deploy));
    assertEquals("[codec.a-1.0.0.jar, codec.a-1.1.0.jar]", names(archived));

    events.clear();
    assertEquals("[1.1.0] -> [1.0.0]", text(store.undo()));
    assertEquals(List.of("started 1.0.0", "gone 1.1.0"), events);
    assertEquals("[codec.a-1.0.0.jar]", names(deploy));
    assertEquals(
        "there is no change to undo",
        assertThrows(BundleChangeException.class, () -> store.undo()).getMessage());
  }

  @Test
  void undoIsKnownAfterARestart() throws Exception {
    jar(deploy, "1.0.0");
    look();
    jar(archived, "1.1.0");
    store.swap(CODEC, "1.1.0", SwapTrial.NONE);
    container.close();
    container = new Container(temporary.resolve("felix2"));
    boot();
    assertEquals(List.of("org.mediacore.codec.a 1.1.0 active"), container.bundles());
    assertEquals("[1.1.0] -> [1.0.0]", text(store.undo()));
    assertEquals(List.of("org.mediacore.codec.a 1.0.0 active"), container.bundles());
  }

  @Test
  void severalChangesAreUndoneOneAfterTheOther() throws Exception {
    jar(deploy, "1.0.0");
    look();
    jar(archived, "1.1.0");
    store.deploy("codec.a", "1.1.0");
    assertEquals("[codec.a-1.0.0.jar, codec.a-1.1.0.jar]", names(deploy));
    store.retire("codec.a", "1.0.0");
    assertEquals("[1.1.0] -> [1.0.0, 1.1.0]", text(store.undo()));
    assertEquals("[1.0.0, 1.1.0] -> [1.0.0]", text(store.undo()));
  }

  @Test
  void otherBuildOfTheSameVersionReplacesItInPlace() throws Exception {
    jar(deploy, "1.0.0");
    look();
    Candidate rebuilt =
        Candidate.read(
            Jars.bundle(CODEC, "1.0.0").file("x", "new").write(archived.resolve("rebuilt.jar")));
    String label = "1.0.0+" + rebuilt.checksum();
    assertEquals("[1.0.0] -> [" + label + "]", text(store.swap("codec.a", label, SwapTrial.NONE)));
    assertEquals("[codec.a-1.0.0.jar]", names(deploy));
    assertTrue(Candidate.read(deploy.resolve("codec.a-1.0.0.jar")).sameBuildAs(rebuilt));
    assertEquals("[" + label + "] -> [1.0.0]", text(store.undo()));
    assertFalse(Candidate.read(deploy.resolve("codec.a-1.0.0.jar")).sameBuildAs(rebuilt));
  }

  @Test
  void whatIsKnownIsListed() throws Exception {
    jar(deploy, "1.0.0");
    look();
    jar(archived, "1.1.0");
    Jars.bundle("codec.z", "1.0.0")
        .header("Import-Package", "org.lib")
        .write(deploy.resolve("z.jar"));
    look();
    assertEquals(
        List.of(
            new BundleVersion("org.mediacore.media.runtime", "1.0.0", true, true, false, false, ""),
            new BundleVersion(
                "codec.z",
                "1.0.0",
                false,
                false,
                true,
                false,
                "cannot be used, nothing provides: package (osgi.wiring.package=org.lib)"),
            new BundleVersion(CODEC, "1.0.0", false, true, true, true, ""),
            new BundleVersion(CODEC, "1.1.0", false, false, false, true, "")),
        store.versions());
  }

  @Test
  void unknownNamesVersionsAndTheBaseAreRefused() throws Exception {
    jar(deploy, "1.0.0");
    look();
    jar(archived, "1.1.0");
    assertEquals("unknown bundle 'codec.b'; there are codec.a", refusal("codec.b", "1.0.0"));
    assertEquals(
        "unknown version '9' of codec.a; known are 1.0.0, 1.1.0 (a jar that is put into"
            + " home/data/bundles is known as well)",
        refusal("codec.a", "9"));
    String base =
        "media.runtime is part of the base, which is replaced by a restart:"
            + " see docs/live-swap.md";
    assertEquals(base, refusal("media.runtime", "1.1.0"));
    assertEquals(base, refusal("org.mediacore.media.runtime", "1.1.0"));
    assertEquals("[codec.a-1.0.0.jar]", names(deploy));
  }

  @Test
  void baseIsNotTakenFromTheFolderEither() throws Exception {
    Jars.bundle("org.mediacore.media.runtime", "2.0.0").write(deploy.resolve("r.jar"));
    look();
    assertEquals(List.of("org.mediacore.media.runtime 1.0.0 active"), container.bundles());
  }

  @Test
  void versionThatDoesNotStartChangesNothing() throws Exception {
    jar(deploy, "1.0.0");
    look();
    Jars.bundle(CODEC, "1.1.0")
        .header("Bundle-Activator", "no.Such")
        .write(archived.resolve("codec.a-1.1.0.jar"));
    String refusal = refusal("codec.a", "1.1.0");
    assertTrue(refusal.startsWith(CODEC + " 1.1.0 was not deployed: does not start: "), refusal);
    assertEquals("[codec.a-1.0.0.jar]", names(deploy));
    assertEquals(
        List.of("org.mediacore.media.runtime 1.0.0 active", CODEC + " 1.0.0 active"),
        container.bundles());
  }

  @Test
  void versionThatProvidesLessThanItsPredecessorIsNotKept() throws Exception {
    jar(deploy, "1.0.0");
    look();
    Bundle codec = container.context().getBundle("deploy:codec.a-1.0.0.jar");
    codec.getBundleContext().registerService(CONTRACT, new Anything(), null);
    jar(archived, "1.1.0");
    String refusal = refusal("codec.a", "1.1.0");
    assertTrue(refusal.contains("1.1.0 is started and does not provide " + CONTRACT), refusal);
    assertEquals("[codec.a-1.0.0.jar]", names(deploy));
  }

  @Test
  void trialDecides() throws Exception {
    jar(deploy, "1.0.0");
    look();
    jar(archived, "1.1.0");
    Trial trial = new Trial(false);
    assertEquals("[1.0.0] -> [1.0.0]", text(store.swap("codec.a", "1.1", trial)));
    assertEquals("begin org.mediacore.codec.a 1.1.0 [codec.a-1.0.0.jar]", trial.steps.get(0));
    assertEquals("passed? [codec.a-1.0.0.jar, codec.a-1.1.0.jar]", trial.steps.get(1));
    assertEquals("[codec.a-1.0.0.jar]", names(deploy));
    assertThrows(BundleChangeException.class, () -> store.undo());

    assertEquals("[1.0.0] -> [1.1.0]", text(store.swap("codec.a", "1.1", new Trial(true))));
    assertEquals("[1.1.0] -> [1.0.0]", text(store.undo()));
  }

  @Test
  void trialThatIsBrokenOffLeavesThingsAsTheyWere() throws Exception {
    jar(deploy, "1.0.0");
    look();
    jar(archived, "1.1.0");
    SwapTrial broken =
        new SwapTrial() {
          @Override
          public void begin(String bundle, String version) {}

          @Override
          public boolean passed() throws InterruptedException {
            throw new InterruptedException();
          }
        };
    assertThrows(InterruptedException.class, () -> store.swap("codec.a", "1.1", broken));
    assertEquals("[codec.a-1.0.0.jar]", names(deploy));
    store.swap("codec.a", "1.1", SwapTrial.NONE); // free again
    assertEquals(
        "org.mediacore.codec.a 1.1.0 is deployed already: only a version that is not can be tried",
        assertThrows(
                BundleChangeException.class, () -> store.swap("codec.a", "1.1", new Trial(true)))
            .getMessage());
  }

  @Test
  void platformThatEndsDuringATrialComesBackWithoutTheNewcomer() throws Exception {
    jar(deploy, "1.0.0");
    look();
    jar(archived, "1.1.0");
    new ChangeLog(archived).trial("codec.a-1.1.0.jar");
    jar(deploy, "1.1.0");
    boot();
    assertEquals("[codec.a-1.0.0.jar]", names(deploy));
    assertEquals(Optional.empty(), new ChangeLog(archived).trial());
  }

  @Test
  void secondChangeIsRefusedWhileOneIsUnderWay() throws Exception {
    jar(deploy, "1.0.0");
    look();
    jar(archived, "1.1.0");
    List<String> refused = new ArrayList<>();
    SwapTrial nested =
        new SwapTrial() {
          @Override
          public void begin(String bundle, String version) {}

          @Override
          public boolean passed() {
            refused.add(refusal("codec.a", "1.0.0"));
            return true;
          }
        };
    store.swap("codec.a", "1.1.0", nested);
    assertEquals(List.of("not now: a swap of codec.a to 1.1.0 is under way"), refused);
  }

  @Test
  void whatCannotBeArchivedStays() throws Exception {
    jar(deploy, "1.0.0");
    look();
    Path jar = jar(archived, "1.1.0");
    Files.move(jar, temporary.resolve("staged.jar"));
    deleteAll(archived);
    Files.writeString(archived, "a file where the folder should be");
    String refusal =
        assertThrows(BundleChangeException.class, () -> store.retire("codec.a", "1.0.0"))
            .getMessage();
    assertTrue(refusal.startsWith("the archive cannot be read"), refusal);
    assertEquals("[codec.a-1.0.0.jar]", names(deploy));
    assertEquals(2, store.versions().size(), "what is deployed is listed still");
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Test
  void brokenLineOfTheHistoryIsLeftOut() throws Exception {
    ChangeLog log = new ChangeLog(archived);
    for (int i = 0; i <= ChangeLog.MAX_CHANGES; i++) {
      log.add(new BundleChange("b" + i, List.of(), List.of("1.0.0"), nowMs));
    }
    assertEquals(ChangeLog.MAX_CHANGES, log.changes().size());
    assertEquals(List.of(), log.changes().get(0).before());
    Path file = archived.resolve("changes");
    Files.writeString(file, Files.readString(file) + "nonsense\n");
    assertEquals("b20", log.last().orElseThrow().bundle());
  }

  private final class Trial implements SwapTrial {
    final List<String> steps = new ArrayList<>();
    private final boolean passes;

    Trial(boolean passes) {
      this.passes = passes;
    }

    @Override
    public void begin(String bundle, String version) throws BundleChangeException {
      step("begin " + bundle + " " + version);
    }

    @Override
    public boolean passed() {
      step("passed?");
      return passes;
    }

    private void step(String what) {
      try {
        steps.add(what + " " + names(deploy));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A service whose class nobody has to load. */
  private static final class Anything implements ServiceFactory<Object> {
    @Override
    public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
      return this;
    }

    @Override
    public void ungetService(
        Bundle bundle, ServiceRegistration<Object> registration, Object service) {}
  }
}
