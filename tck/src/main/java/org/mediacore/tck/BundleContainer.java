package org.mediacore.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * An OSGi container (Felix with declarative services) inside the test's virtual machine. The
 * packages of media.api and SLF4J are those of the test, so that a test can use a bundle's service
 * as it uses any object; everything else that a bundle imports is taken from the bundles on the
 * test's class path. Used by one thread.
 */
public final class BundleContainer implements AutoCloseable {
  /** Bundles whose packages the test shares with the container. */
  private static final List<String> SHARED = List.of("org.mediacore.media.api", "slf4j.api");

  private static final String SCR = "org.apache.felix.scr";
  private static final long TIMEOUT_MS = 10_000;

  private final ClassPathBundles classPath = new ClassPathBundles();
  private final Path folder;
  private final Framework framework;
  private final Set<String> provided = new HashSet<>();
  private final Set<String> installed = new HashSet<>();

  private BundleContainer(Path folder, Map<String, String> properties) {
    this.folder = folder;
    List<String> exports = new ArrayList<>();
    for (String name : SHARED) {
      classPath
          .named(name)
          .ifPresent(
              shared -> {
                exports.add(shared.headers().exports());
                provided.addAll(shared.headers().exportedPackages());
              });
    }
    Map<String, String> all = new HashMap<>(properties);
    all.put(Constants.FRAMEWORK_STORAGE, folder.resolve("container").toString());
    all.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    all.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, String.join(",", exports));
    all.put("felix.bootdelegation.implicit", "false"); // what is not imported must not be found
    framework = new FrameworkFactory().newFramework(all);
  }

  /**
   * Starts a container.
   *
   * @param folder an empty one, for the container's files; the caller removes it
   * @param properties framework properties, which bundles see as well
   */
  public static BundleContainer start(Path folder, Map<String, String> properties)
      throws BundleException, IOException {
    BundleContainer container = new BundleContainer(folder, properties);
    boolean started = false;
    try {
      container.framework.start();
      container.install(container.classPath.require(SCR).path()).start();
      started = true;
    } finally {
      if (!started) {
        container.close();
      }
    }
    return container;
  }

  /** The context of the container itself, to register services that a bundle needs. */
  public BundleContext context() {
    return framework.getBundleContext();
  }

  /** Whether a file is one that the container keeps for a bundle. */
  boolean keeps(String file) {
    return file.startsWith(folder.resolve("container").toString());
  }

  /** Installs and starts a bundle of the class path, with what it imports. */
  public Bundle startNamed(String symbolicName) throws BundleException, IOException {
    Bundle bundle = install(classPath.require(symbolicName).path());
    bundle.start();
    return bundle;
  }

  /**
   * Installs a bundle under a version of choice and starts it, with what it imports.
   *
   * @param bundle a jar, or a folder of classes with a manifest
   */
  public Bundle start(Path bundle, String version) throws BundleException, IOException {
    Path jar = Files.createTempFile(folder, "bundle-", ".jar");
    BundleJar.copyAs(version, bundle, jar);
    Bundle started = install(jar);
    started.start();
    return started;
  }

  /** Installs a bundle, and before it the bundles of the class path that export what it imports. */
  private Bundle install(Path bundle) throws BundleException, IOException {
    ManifestHeaders headers = BundleJar.headers(bundle);
    provided.addAll(headers.exportedPackages());
    installed.add(headers.symbolicName());
    for (String imported : headers.importedPackages()) {
      Optional<ClassPathBundles.Found> exporter = exporterOf(imported);
      if (exporter.isPresent()) {
        install(exporter.get().path());
      }
    }
    return framework.getBundleContext().installBundle(jarOf(bundle).toUri().toString());
  }

  private Optional<ClassPathBundles.Found> exporterOf(String imported) {
    boolean known = provided.contains(imported) || systemExports(imported);
    return known
        ? Optional.empty()
        : classPath
            .exporterOf(imported)
            .filter(found -> !installed.contains(found.headers().symbolicName()));
  }

  private boolean systemExports(String imported) {
    return framework.adapt(BundleWiring.class).getCapabilities("osgi.wiring.package").stream()
        .anyMatch(
            capability -> imported.equals(capability.getAttributes().get("osgi.wiring.package")));
  }

  private Path jarOf(Path bundle) throws IOException {
    if (Files.isRegularFile(bundle)) {
      return bundle;
    }
    Path jar = Files.createTempFile(folder, "bundle-", ".jar");
    BundleJar.copyAs(BundleJar.headers(bundle).version(), bundle, jar);
    return jar;
  }

  /**
   * The service of this type that a bundle registered; waits up to 10 s for it.
   *
   * @throws AssertionError where there is none
   */
  public <S> S service(Bundle bundle, Class<S> type) throws InterruptedException {
    return service(bundle, type, TIMEOUT_MS);
  }

  /** As {@link #service(Bundle, Class, Predicate, long)}, where there is one only. */
  public <S> S service(Bundle bundle, Class<S> type, long timeoutMs) throws InterruptedException {
    return service(bundle, type, any -> true, timeoutMs);
  }

  /**
   * The service of this type that a bundle registered; waits for it.
   *
   * @param which the one that is meant, where there are several
   * @param timeoutMs how long at most
   * @throws AssertionError where there is none
   */
  public <S> S service(Bundle bundle, Class<S> type, Predicate<S> which, long timeoutMs)
      throws InterruptedException {
    Deadline deadline = new Deadline(timeoutMs);
    Optional<S> found = find(bundle, type, which);
    while (found.isEmpty() && deadline.pause()) {
      found = find(bundle, type, which);
    }
    return found.orElseThrow(
        () ->
            new AssertionError(
                bundle + " registers no " + type.getName() + ", is its component there?"));
  }

  /** The service of this type that a bundle has registered now. */
  public <S> Optional<S> find(Bundle bundle, Class<S> type) {
    return find(bundle, type, any -> true);
  }

  private <S> Optional<S> find(Bundle bundle, Class<S> type, Predicate<S> which) {
    try {
      Collection<ServiceReference<S>> all = context().getServiceReferences(type, null);
      for (ServiceReference<S> reference : all) {
        S service = bundle.equals(reference.getBundle()) ? context().getService(reference) : null;
        if (service != null && which.test(service)) {
          return Optional.of(service);
        }
      }
      return Optional.empty();
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible); // there is no filter
    }
  }

  /** Loads every class of a bundle, as the platform does before it uses a service. */
  public void loadClasses(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    Collection<String> resources =
        wiring.listResources(
            "/", "*.class", BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL);
    Set<String> missing = new HashSet<>();
    for (String resource : resources) {
      String name = resource.substring(0, resource.length() - ".class".length()).replace('/', '.');
      try {
        wiring.getClassLoader().loadClass(name);
      } catch (ClassNotFoundException | LinkageError optional) {
        missing.add(name); // it needs an optional package that is absent: no instance reaches it
      }
    }
    if (missing.size() == resources.size()) {
      throw new AssertionError("no class of " + bundle + " can be loaded: " + missing);
    }
  }

  /** Uninstalls a bundle and refreshes: its class loader can load nothing from now on. */
  public void uninstall(Bundle bundle) throws BundleException, InterruptedException {
    bundle.uninstall();
    CountDownLatch refreshed = new CountDownLatch(1);
    framework
        .adapt(FrameworkWiring.class)
        .refreshBundles(
            Set.of(bundle),
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
              }
            });
    if (!refreshed.await(TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the container did not refresh " + bundle);
    }
  }

  /** Stops the container and all bundles in it. */
  @Override
  public void close() throws BundleException {
    framework.stop();
    try {
      framework.waitForStop(TIMEOUT_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
