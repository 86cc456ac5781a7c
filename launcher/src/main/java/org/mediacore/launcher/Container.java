package org.mediacore.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.framework.Felix;
import org.apache.felix.framework.util.FelixConstants;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** The OSGi framework with the bundles of a distribution. Used by one thread, stopped by any. */
final class Container {
  /** Framework property: the absolute home directory. */
  static final String HOME = "org.mediacore.home";

  /**
   * Framework property: which configuration values the command line gives, {@code PID/key} each.
   */
  static final String OVERRIDES = "org.mediacore.overrides";

  /** Prefix of the framework properties that hold those values: prefix, PID, dot, key. */
  static final String OVERRIDE = "org.mediacore.override.";

  private final Framework framework;
  private final List<Bundle> base;
  private final Listening listening;

  private Container(Framework framework, List<Bundle> base, Listening listening) {
    this.framework = framework;
    this.base = base;
    this.listening = listening;
  }

  /**
   * Makes a framework and installs the base into it; nothing of it runs yet.
   *
   * @param bundles the folder of the base's jars
   */
  static Container create(Path bundles, Home home, Map<String, String> overrides)
      throws StartException {
    Framework framework = new Felix(properties(home, overrides));
    try {
      framework.init();
      Listening listening = new Listening(framework.getBundleContext());
      List<Bundle> base = new ArrayList<>();
      for (Path jar : jars(bundles)) {
        base.add(install(framework, jar));
      }
      listening.expect(base);
      for (Bundle bundle : base) {
        if (!isFragment(bundle)) {
          bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
      }
      return new Container(framework, base, listening);
    } catch (BundleException | IOException e) {
      throw new StartException("the container cannot be made: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> properties(Home home, Map<String, String> overrides) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, home.storage().toString());
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(StartLevels.LAST));
    properties.put(FelixConstants.BUNDLE_STARTLEVEL_PROP, Integer.toString(StartLevels.DEPLOYED));
    properties.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
    // Everything Felix would log reaches the framework listener as an event.
    properties.put(FelixConstants.LOG_LEVEL_PROP, "0");
    properties.put(HOME, home.directory().toString());
    properties.put(OVERRIDES, String.join(" ", overrides.keySet()));
    overrides.forEach((key, value) -> properties.put(OVERRIDE + key.replace('/', '.'), value));
    return properties;
  }

  private static Bundle install(Framework framework, Path jar) throws BundleException {
    Bundle bundle = framework.getBundleContext().installBundle(jar.toUri().toString());
    int level = StartLevels.of(jar.getFileName().toString());
    bundle.adapt(BundleStartLevel.class).setStartLevel(level);
    return bundle;
  }

  private static List<Path> jars(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /**
   * Starts everything and waits until all that should listen does.
   *
   * @return one line per listening address
   * @throws StartException naming what is not up, and why
   */
  List<String> start(Duration within) throws StartException {
    try {
      framework.start();
    } catch (BundleException e) {
      throw new StartException("the container cannot start: " + e.getMessage(), e);
    }
    for (Bundle bundle : base) {
      requireStarted(bundle);
    }
    return listening.await(within);
  }

  /**
   * What the framework could not start while it raised the start level fails again, with a reason.
   */
  private static void requireStarted(Bundle bundle) throws StartException {
    boolean started = bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
    if (started || isFragment(bundle)) {
      return;
    }
    try {
      bundle.start(Bundle.START_ACTIVATION_POLICY);
    } catch (BundleException e) {
      throw new StartException(
          "bundle " + bundle.getSymbolicName() + " does not start: " + describe(e), e);
    }
  }

  private static String describe(Throwable error) {
    StringBuilder text = new StringBuilder(String.valueOf(error.getMessage()));
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      text.append("; ").append(cause);
    }
    return text.toString();
  }

  private static boolean isFragment(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }

  /** Waits until the container was stopped, by {@link #stop} or from within. */
  void awaitStop() throws StartException {
    try {
      FrameworkEvent event = framework.waitForStop(0);
      if (event.getType() == FrameworkEvent.ERROR) {
        throw new StartException("the container failed: " + event.getThrowable());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Stops the bundles in the opposite order of their start: what sets sessions up goes first.
   *
   * @return whether all was stopped in time
   */
  boolean stop(Duration within) {
    try {
      framework.stop();
      return framework.waitForStop(within.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    } catch (BundleException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
