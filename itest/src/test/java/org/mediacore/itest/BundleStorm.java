package org.mediacore.itest;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Does at random to the bundles that may be replaced what can be done to a bundle. At any time each
 * may be there not at all, once, or twice in different versions. Used by one thread.
 */
final class BundleStorm {
  private static final int MAX_BESIDE = 2;
  private static final int TRIES = 10;
  private static final long REFRESH_WITHIN_S = 30;
  private static final String LOCATION = "storm:";

  private enum Operation {
    START,
    STOP,
    UPDATE,
    REFRESH,
    UNINSTALL,
    INSTALL
  }

  /** The class loader of one revision of a bundle. */
  private record Loader(String revision, WeakReference<ClassLoader> loader) {}

  private final BundleContext context;
  private final FrameworkWiring framework;
  private final SwappableJars jars;
  private final Random random;
  private final Map<String, List<Bundle>> present = new TreeMap<>();
  private final List<String> names;
  private final List<String> log = new ArrayList<>();
  private final List<Loader> loaders = new ArrayList<>();
  private final long startNs = System.nanoTime();
  private volatile int done;
  private int installed;

  BundleStorm(BundleContext context, SwappableJars jars, long seed) {
    this.context = context;
    this.jars = jars;
    framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    random = new Random(seed);
    names = List.copyOf(jars.names());
    names.forEach(name -> present.put(name, new ArrayList<>()));
    for (Bundle bundle : context.getBundles()) {
      present.getOrDefault(bundle.getSymbolicName(), new ArrayList<>()).add(bundle);
    }
    present.forEach(
        (name, bundles) -> {
          if (bundles.size() != 1) {
            throw new IllegalStateException(name + " is there " + bundles.size() + " times");
          }
          watch(bundles.get(0));
        });
  }

  /** How many operations were done. */
  int done() {
    return done;
  }

  /** What was done, one line each. */
  List<String> log() {
    return log;
  }

  /** One operation on one bundle. */
  void step() throws BundleException, IOException, InterruptedException {
    String name = names.get(random.nextInt(names.size()));
    List<Bundle> bundles = present.get(name);
    List<Operation> possible = possible(bundles);
    Operation operation = possible.get(random.nextInt(possible.size()));
    int version = random.nextInt(jars.versions());
    boolean flag = random.nextBoolean();
    Bundle bundle = pick(bundles, operation);
    long beganNs = System.nanoTime();
    String what =
        String.format(
            Locale.ROOT,
            "%5d %8.3f s %-9s %s%s",
            done,
            (beganNs - startNs) / 1e9,
            operation,
            name,
            bundle == null ? "" : " " + bundle.getVersion() + " #" + bundle.getBundleId());
    switch (operation) {
      case START -> persist(bundle::start);
      case STOP -> persist(bundle::stop);
      case UPDATE -> {
        what += " -> " + version;
        update(bundle, name, version);
      }
      case REFRESH -> refresh(List.of(bundle));
      case UNINSTALL -> {
        persist(bundle::uninstall);
        bundles.remove(bundle);
        if (flag) {
          what += " and refreshed";
          refresh(List.of(bundle));
        }
      }
      case INSTALL -> {
        what += " " + version;
        bundle = install(name, version);
        bundles.add(bundle);
        persist(bundle::start);
      }
    }
    if (bundle.getState() == Bundle.ACTIVE) {
      watch(bundle);
    }
    done++;
    log.add(String.format(Locale.ROOT, "%s (%d ms)", what, msSince(beganNs)));
  }

  private static long msSince(long beganNs) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
  }

  private static List<Operation> possible(List<Bundle> bundles) {
    List<Operation> possible = new ArrayList<>();
    if (bundles.size() < MAX_BESIDE) {
      possible.add(Operation.INSTALL);
    }
    if (!bundles.isEmpty()) {
      possible.addAll(List.of(Operation.UPDATE, Operation.REFRESH, Operation.UNINSTALL));
    }
    if (bundles.stream().anyMatch(bundle -> bundle.getState() == Bundle.ACTIVE)) {
      possible.add(Operation.STOP);
    }
    if (bundles.stream().anyMatch(bundle -> bundle.getState() != Bundle.ACTIVE)) {
      possible.add(Operation.START);
    }
    return possible;
  }

  /** The bundle for an operation; null where it makes a new one. */
  private Bundle pick(List<Bundle> bundles, Operation operation) {
    List<Bundle> fitting =
        switch (operation) {
          case INSTALL -> List.of();
          case START -> bundles.stream().filter(b -> b.getState() != Bundle.ACTIVE).toList();
          case STOP -> bundles.stream().filter(b -> b.getState() == Bundle.ACTIVE).toList();
          default -> bundles;
        };
    return fitting.isEmpty() ? null : fitting.get(random.nextInt(fitting.size()));
  }

  private Bundle install(String name, int version) throws BundleException, IOException {
    try (InputStream in = Files.newInputStream(jars.jar(name, version))) {
      return context.installBundle(LOCATION + name + ":" + installed++, in);
    }
  }

  private void update(Bundle bundle, String name, int version) throws BundleException, IOException {
    try (InputStream in = Files.newInputStream(jars.jar(name, version))) {
      bundle.update(in);
    } catch (BundleException e) {
      requireBusy(e);
      persist(bundle::start); // the update itself is done
    }
  }

  private interface Step {
    void run() throws BundleException;
  }

  /**
   * Tries again where the container gives up because somebody else (the deployer, who looks what
   * has changed) holds its lock.
   */
  private void persist(Step step) throws BundleException {
    for (int i = 1; i < TRIES; i++) {
      try {
        step.run();
        return;
      } catch (BundleException e) {
        requireBusy(e);
      }
    }
    step.run();
  }

  private void requireBusy(BundleException e) throws BundleException {
    if (!String.valueOf(e.getMessage()).startsWith("Unable to acquire")) {
      throw e;
    }
    log.add("      the container was busy: " + e.getMessage());
  }

  private void refresh(Collection<Bundle> bundles) throws InterruptedException {
    CountDownLatch refreshed = new CountDownLatch(1);
    framework.refreshBundles(
        bundles,
        event -> {
          if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
            refreshed.countDown();
          }
        });
    if (!refreshed.await(REFRESH_WITHIN_S, TimeUnit.SECONDS)) {
      throw new IllegalStateException(bundles + " not refreshed within " + REFRESH_WITHIN_S + " s");
    }
  }

  /** Brings every bundle back as the distribution has it, once and running. */
  void restore() throws BundleException, IOException, InterruptedException {
    for (String name : names) {
      List<Bundle> bundles = present.get(name);
      while (bundles.size() > 1) {
        persist(bundles.remove(bundles.size() - 1)::uninstall);
      }
      if (bundles.isEmpty()) {
        bundles.add(install(name, SwappableJars.ORIGINAL));
      } else {
        update(bundles.get(0), name, SwappableJars.ORIGINAL);
      }
    }
    refresh(null);
    for (List<Bundle> bundles : present.values()) {
      persist(bundles.get(0)::start);
      watch(bundles.get(0));
    }
  }

  private void watch(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    ClassLoader loader = wiring == null ? null : wiring.getClassLoader();
    if (loader != null && loaders.stream().noneMatch(known -> known.loader().refersTo(loader))) {
      String revision = bundle.getSymbolicName() + " " + bundle.getVersion();
      loaders.add(
          new Loader(
              revision + " #" + bundle.getBundleId() + " since operation " + done,
              new WeakReference<>(loader)));
    }
  }

  /** Class loaders of former revisions that are still in memory. */
  List<String> formerLoaders() {
    List<ClassLoader> current =
        present.values().stream()
            .flatMap(List::stream)
            .map(bundle -> bundle.adapt(BundleWiring.class).getClassLoader())
            .toList();
    return loaders.stream()
        .filter(known -> !known.loader().refersTo(null))
        .filter(known -> current.stream().noneMatch(loader -> known.loader().refersTo(loader)))
        .map(Loader::revision)
        .toList();
  }

  /** How many class loaders there have been. */
  int loadersSeen() {
    return loaders.size();
  }
}
