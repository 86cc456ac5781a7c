package org.mediacore.deployer;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** An empty framework for a test. */
final class Container implements AutoCloseable {
  private final Framework framework;

  Container(Path storage) throws BundleException {
    Map<String, Object> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, storage.toString());
    properties.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
    properties.put("felix.log.level", "0");
    // The test sees the services' types: they come from its class path.
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        "org.osgi.service.cm;version=1.6.1,org.osgi.service.metatype;version=1.4.1,"
            + "org.osgi.service.log;version=1.3.0");
    framework = new Felix(properties);
    framework.start();
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** Installs and starts a jar of the test's class path. */
  void startFromClassPath(String artifact) throws BundleException {
    for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Path.of(jar).getFileName().toString().startsWith(artifact + "-")) {
        context().installBundle(Path.of(jar).toUri().toString()).start();
        return;
      }
    }
    throw new IllegalArgumentException("not in the class path: " + artifact);
  }

  /** A service that is there. */
  <T> T service(Class<T> type) {
    return context().getService(context().getServiceReference(type));
  }

  /** Name, version and state of everything but the framework, in the order of installation. */
  List<String> bundles() {
    return Arrays.stream(context().getBundles())
        .filter(bundle -> bundle.getBundleId() != 0)
        .map(Container::describe)
        .toList();
  }

  private static String describe(Bundle bundle) {
    String state =
        switch (bundle.getState()) {
          case Bundle.ACTIVE -> "active";
          case Bundle.INSTALLED -> "installed";
          case Bundle.RESOLVED -> "resolved";
          default -> "state " + bundle.getState();
        };
    return bundle.getSymbolicName() + " " + bundle.getVersion() + " " + state;
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(10_000);
  }
}
