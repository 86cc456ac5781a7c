package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * What every bundle that provides a service owes the platform, so that it can be replaced under
 * running calls: shown in a real container, with the bundle as the build makes it. Extend the
 * contract of your service, such as {@link AudioCodecBundleContract}.
 *
 * @param <S> the service
 */
public abstract class BundleContract<S> {
  private static final String OLDER = "1.0.0";
  private static final String NEWER = "1.0.1";
  private static final int WARM_UP_CYCLES = 500;

  private final Class<S> type;

  /** Where the container keeps its files. */
  @TempDir Path containerFolder;

  BundleContract(Class<S> type) {
    this.type = type;
  }

  /**
   * The bundle under test: a jar, or a folder of classes with the manifest that bnd has written.
   */
  protected Path bundle() {
    return Path.of(System.getProperty("basedir", ""), "target", "classes");
  }

  /**
   * Symbolic names of bundles on the class path that must run beside it. What it imports is found
   * without.
   */
  protected List<String> companions() {
    return List.of();
  }

  /** Framework properties that the bundle reads. */
  protected Map<String, String> frameworkProperties() {
    return Map.of();
  }

  /** Whether its instances use a native library out of the bundle. */
  protected boolean holdsNativeLibrary() {
    return false;
  }

  /** Instances to make and close in the leak test. */
  protected int createCloseCycles() {
    return 10_000;
  }

  /** Bytes that may stay on the heap after {@link #createCloseCycles()}; six times that off it. */
  protected long leakBoundBytes() {
    return 4L << 20;
  }

  /** How long what happens in the background may take. */
  long timeoutMs() {
    return 10_000;
  }

  /** Whether this service is meant, of a bundle that registers several of the type. */
  boolean isSubject(S service) {
    return true;
  }

  /** Makes instances of everything that is to be exercised, and uses none of them. */
  abstract BundleExercise open(S service) throws Exception;

  /** Makes what one call needs and closes it unused. */
  void createAndClose(S service) throws Exception {
    open(service).close();
  }

  /** The service is there while the bundle runs, and after a restart again. */
  @Test
  void serviceComesAndGoesWithItsBundle() throws Exception {
    try (BundleContainer container = container()) {
      Bundle bundle = container.start(bundle(), OLDER);
      container.service(bundle, type, this::isSubject, timeoutMs());
      bundle.stop();
      assertTrue(container.find(bundle, type).isEmpty(), "the service stayed");
      bundle.start();
      Results first = use(container, bundle);
      first.assertSame(use(container, bundle), "a second set of instances");
    }
  }

  /**
   * Instances are used for the first time after their bundle was uninstalled and refreshed: every
   * method gives what it gives while the bundle is there.
   */
  @Test
  void instancesOutliveTheirBundle() throws Exception {
    try (BundleContainer container = container()) {
      Results expected = resultsOf(container, NEWER);
      Bundle bundle = container.start(bundle(), OLDER);
      try (BundleExercise orphan = openPreloaded(container, bundle)) {
        container.uninstall(bundle);
        expected.assertSame(run(orphan), "use after the bundle was uninstalled and refreshed");
      }
    }
  }

  /** Instances in use go on when their bundle is stopped, uninstalled and refreshed. */
  @Test
  void removalInTheMiddleChangesNothing() throws Exception {
    try (BundleContainer container = container()) {
      Results expected = resultsOf(container, NEWER);
      Bundle bundle = container.start(bundle(), OLDER);
      try (BundleExercise exercise = openPreloaded(container, bundle)) {
        Results results = new Results();
        for (int i = 0; i < exercise.steps(); i++) {
          if (i == exercise.steps() / 3) {
            bundle.stop();
          } else if (i == exercise.steps() / 2) {
            container.uninstall(bundle);
          }
          exercise.step(i, results);
        }
        expected.assertSame(results, "use across the removal");
      }
    }
  }

  /** Two versions at a time share nothing, and one goes on without the other. */
  @Test
  void twoVersionsWorkSideBySide() throws Exception {
    try (BundleContainer container = container()) {
      Bundle older = container.start(bundle(), OLDER);
      Results expected = use(container, older);
      Bundle newer = container.start(bundle(), NEWER);
      try (BundleExercise one = openPreloaded(container, older);
          BundleExercise two = openPreloaded(container, newer)) {
        Results ofOne = new Results();
        Results ofTwo = new Results();
        for (int i = 0; i < one.steps(); i++) {
          one.step(i, ofOne);
          two.step(i, ofTwo);
        }
        expected.assertSame(ofOne, "the older version beside the newer one");
        expected.assertSame(ofTwo, "the newer version beside the older one");
      }
      container.uninstall(older);
      expected.assertSame(use(container, newer), "the newer version once the older one has gone");
    }
  }

  /**
   * Once the bundle has gone and its instances are closed, in either order, nothing holds its
   * classes: no thread, no cache, no registration elsewhere.
   */
  @Test
  void classLoaderIsCollected() throws Exception {
    try (BundleContainer container = container()) {
      for (boolean closeFirst : new boolean[] {true, false}) {
        Remains remains = useAndRemove(container, closeFirst);
        remains.awaitCollected(
            closeFirst ? "closed, then uninstalled" : "uninstalled, then closed", timeoutMs());
      }
    }
  }

  /** Files of the bundle that are mapped, such as native libraries, are let go of. */
  @Test
  void nothingOfItStaysMapped() throws Exception {
    assumeTrue(Remains.canTellMappings(), "this system has no /proc/self/maps to look at");
    try (BundleContainer container = container()) {
      Bundle bundle = container.start(bundle(), OLDER);
      BundleExercise exercise = openPreloaded(container, bundle);
      try (exercise) {
        container.uninstall(bundle);
        run(exercise, exercise.steps() - 1);
        assertFalse(
            holdsNativeLibrary() && Remains.mappedBy(container).isEmpty(),
            "no file of the bundle was mapped while its instances worked: is it native?");
      }
      Remains.awaitUnmapped(container, timeoutMs());
    }
  }

  /** Many instances leave no memory on or off the heap and no classes behind. */
  @Test
  void createAndCloseLeavesNothing() throws Exception {
    try (BundleContainer container = container()) {
      S service =
          container.service(container.start(bundle(), OLDER), type, this::isSubject, timeoutMs());
      createAndClose(service, Math.min(WARM_UP_CYCLES, createCloseCycles()));
      MemoryGrowth growth = MemoryGrowth.start();
      createAndClose(service, createCloseCycles());
      growth.assertBounded(leakBoundBytes(), createCloseCycles() + " instances made and closed");
      Reference.reachabilityFence(service); // what it keeps counts
    }
  }

  private void createAndClose(S service, int cycles) throws Exception {
    for (int i = 0; i < cycles; i++) {
      createAndClose(service);
    }
  }

  private BundleContainer container() throws Exception {
    BundleContainer container = BundleContainer.start(containerFolder, frameworkProperties());
    for (String companion : companions()) {
      container.startNamed(companion);
    }
    return container;
  }

  private BundleExercise openPreloaded(BundleContainer container, Bundle bundle) throws Exception {
    S service = container.service(bundle, type, this::isSubject, timeoutMs());
    container.loadClasses(bundle);
    return open(service);
  }

  /** What another version of the bundle gives, which is gone afterwards. */
  private Results resultsOf(BundleContainer container, String version) throws Exception {
    Bundle bundle = container.start(bundle(), version);
    Results results = use(container, bundle);
    container.uninstall(bundle);
    return results;
  }

  private Results use(BundleContainer container, Bundle bundle) throws Exception {
    try (BundleExercise exercise =
        open(container.service(bundle, type, this::isSubject, timeoutMs()))) {
      return run(exercise);
    }
  }

  private static Results run(BundleExercise exercise) throws Exception {
    return run(exercise, exercise.steps());
  }

  private static Results run(BundleExercise exercise, int steps) throws Exception {
    Results results = new Results();
    for (int i = 0; i < steps; i++) {
      exercise.step(i, results);
    }
    return results;
  }

  /** In a method of its own, so that nothing on the stack refers to the bundle afterwards. */
  private Remains useAndRemove(BundleContainer container, boolean closeFirst) throws Exception {
    Bundle bundle = container.start(bundle(), OLDER);
    Remains remains = new Remains(bundle.adapt(BundleWiring.class).getClassLoader());
    BundleExercise exercise = openPreloaded(container, bundle);
    try {
      if (closeFirst) {
        run(exercise);
        exercise.close();
      }
      container.uninstall(bundle);
      if (!closeFirst) {
        run(exercise);
      }
    } finally {
      exercise.close();
    }
    return remains;
  }
}
