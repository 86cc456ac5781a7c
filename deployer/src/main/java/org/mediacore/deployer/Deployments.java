package org.mediacore.deployer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.mediacore.deployer.Candidate.BrokenJarException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundles that jars of the deploy directory became. Everything that is new is started before
 * anything that is gone is taken away, so that a successor is there when its predecessor leaves.
 * Used by one thread.
 */
final class Deployments {
  private static final Logger LOG = LoggerFactory.getLogger("deploy");
  static final String LOCATION = "deploy:";
  private static final String TRIAL = "deploy-trial:";

  private final BundleContext context;
  private final Base base;
  private final Consumer<Bundle> beforeStart;
  private final Requirements requirements;
  private final Refresher refresher;
  private final Insistence insistence;
  private final Map<String, Deployment> deployments = new TreeMap<>();

  /** One jar: what it is, the bundle if it is installed, and what was last said against it. */
  private static final class Deployment {
    final Path file;
    Candidate candidate;
    Bundle bundle;
    String complaint = "";

    /** Whether the file holds newer content that cannot be used so far. */
    boolean updateRefused;

    Deployment(Path file) {
      this.file = file;
    }

    String fileName() {
      return file.getFileName().toString();
    }
  }

  /**
   * One jar that is a bundle.
   *
   * @param candidate what it is; where newer content was refused, what runs instead
   * @param bundle what it became, if it could be installed
   * @param complaint what is said against it, empty where nothing is
   */
  record Deployed(Candidate candidate, Optional<Bundle> bundle, String complaint) {
    /** Whether its bundle is started. Lazy ones are when one of their classes is wanted. */
    boolean running() {
      int state = bundle.map(Bundle::getState).orElse(Bundle.UNINSTALLED);
      return state == Bundle.ACTIVE || state == Bundle.STARTING;
    }
  }

  /**
   * @param base what cannot be replaced
   * @param beforeStart called for each bundle between its installation or update and its start
   * @param insistence repeats what the framework is too busy for
   */
  Deployments(
      BundleContext context, Base base, Consumer<Bundle> beforeStart, Insistence insistence) {
    this.context = context;
    this.insistence = insistence;
    this.base = base;
    this.beforeStart = beforeStart;
    FrameworkWiring wiring =
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    this.requirements = new Requirements(wiring);
    this.refresher = new Refresher(wiring);
  }

  /**
   * Makes the container follow the directory. What cannot be done is reported and changes nothing.
   */
  void apply(Folder.Changes changes) throws InterruptedException {
    List<Deployment> installed = new ArrayList<>();
    List<Deployment> moved = new ArrayList<>();
    for (Path file : changes.added()) {
      Deployment deployment = new Deployment(file);
      deployments.put(deployment.fileName(), deployment);
      if (read(deployment)) {
        (takesPlaceOf(deployment, changes.removed()) ? moved : installed).add(deployment);
      }
    }
    bringIn(installed);
    for (Path file : changes.changed()) {
      Deployment deployment = deployments.get(file.getFileName().toString());
      deployment.complaint = "";
      change(deployment);
    }
    for (Path file : changes.removed()) {
      remove(deployments.remove(file.getFileName().toString()));
    }
    bringIn(moved);
    if (!changes.isEmpty()) {
      retry();
    }
  }

  private void bringIn(List<Deployment> added) throws InterruptedException {
    for (Deployment deployment : added) {
      install(deployment);
    }
    for (Deployment deployment : added) {
      start(deployment);
    }
  }

  /** Tries again what could not be used: another bundle may have brought what it needs. */
  void retry() throws InterruptedException {
    for (Deployment deployment : deployments.values()) {
      if (deployment.updateRefused) {
        change(deployment);
      } else if (!deployment.complaint.isEmpty() && deployment.candidate != null) {
        if (deployment.bundle == null) {
          install(deployment);
        }
        start(deployment);
      }
    }
  }

  private boolean read(Deployment deployment) {
    try {
      Candidate candidate = Candidate.read(deployment.file);
      if (base.isPlatform(candidate.name())) {
        refuse(deployment, "refused: " + Base.refusal(candidate.name()));
        return false;
      }
      deployment.candidate = candidate;
      return true;
    } catch (BrokenJarException e) {
      refuse(deployment, e.getMessage());
      return false;
    }
  }

  /** Whether the same bundle, under another file name, leaves with these files. */
  private boolean takesPlaceOf(Deployment deployment, List<Path> removed) {
    return removed.stream()
        .map(file -> deployments.get(file.getFileName().toString()))
        .anyMatch(
            other ->
                other != null
                    && other.bundle != null
                    && other.candidate.sameBundleAs(deployment.candidate));
  }

  private void install(Deployment deployment) throws InterruptedException {
    Bundle same = installedAs(deployment.candidate);
    if (same != null) {
      refuse(
          deployment,
          "refused: " + deployment.candidate + " is there already, from " + same.getLocation());
      return;
    }
    try {
      insistence.run(() -> deployment.bundle = installed(LOCATION, deployment));
    } catch (IOException | BundleException e) {
      refuse(deployment, "not installed: " + e.getMessage());
    }
  }

  private Bundle installed(String location, Deployment deployment)
      throws IOException, BundleException {
    try (InputStream in = Files.newInputStream(deployment.file)) {
      return context.installBundle(location + deployment.fileName(), in);
    }
  }

  private Bundle installedAs(Candidate candidate) {
    for (Bundle bundle : context.getBundles()) {
      if (candidate.name().equals(bundle.getSymbolicName())
          && candidate.version().equals(bundle.getVersion())) {
        return bundle;
      }
    }
    return null;
  }

  private void start(Deployment deployment) throws InterruptedException {
    Bundle bundle = deployment.bundle;
    if (bundle == null
        || bundle.getState() == Bundle.ACTIVE
        || bundle.getState() == Bundle.STARTING
        || bundle.getState() == Bundle.UNINSTALLED) {
      return;
    }
    if (Requirements.isFragment(bundle)) {
      if (deployment.complaint.isEmpty()) {
        refuse(deployment, "is a fragment: it joins its host when that is next resolved");
      }
      return;
    }
    List<String> missing = requirements.missing(bundle);
    if (!missing.isEmpty()) {
      refuse(deployment, "cannot be used, nothing provides: " + String.join("; ", missing));
      return;
    }
    try {
      beforeStart.accept(bundle);
      insistence.run(() -> bundle.start(Bundle.START_ACTIVATION_POLICY));
      deployment.complaint = "";
      LOG.info("{}: {} started", deployment.fileName(), deployment.candidate);
    } catch (IOException | BundleException e) {
      refuse(deployment, "does not start: " + describe(e));
    }
  }

  private void change(Deployment deployment) throws InterruptedException {
    Candidate before = deployment.candidate;
    deployment.updateRefused = false;
    if (!read(deployment)) {
      return;
    }
    if (deployment.bundle == null) {
      install(deployment);
      start(deployment);
    } else if (before.fingerprint().equals(deployment.candidate.fingerprint())) {
      LOG.debug("{}: touched, its content is the same", deployment.fileName());
    } else if (!update(deployment, before)) {
      deployment.updateRefused = true;
      deployment.candidate = before;
    }
  }

  private boolean update(Deployment deployment, Candidate before) throws InterruptedException {
    Candidate candidate = deployment.candidate;
    Bundle bundle = deployment.bundle;
    Bundle same = installedAs(candidate);
    if (same != null && !same.equals(bundle)) {
      refuse(
          deployment,
          "refused: "
              + candidate
              + " is there already, from "
              + same.getLocation()
              + "; "
              + before
              + " stays");
      return false;
    }
    try {
      List<String> missing = tryOut(deployment);
      if (!missing.isEmpty()) {
        refuse(
            deployment,
            "cannot be used, nothing provides: "
                + String.join("; ", missing)
                + "; "
                + before
                + " stays");
        return false;
      }
      bundle.stop(Bundle.STOP_TRANSIENT);
      insistence.run(() -> update(bundle, deployment.file));
      refresher.release(bundle);
      deployment.complaint = "";
      LOG.info("{}: {} replaces {}", deployment.fileName(), candidate, before);
      start(deployment);
      return true;
    } catch (IOException | BundleException e) {
      deployment.candidate = before;
      start(deployment);
      refuse(deployment, "not updated: " + describe(e) + "; " + before + " stays");
      return false;
    }
  }

  private static void update(Bundle bundle, Path file) throws IOException, BundleException {
    try (InputStream in = Files.newInputStream(file)) {
      bundle.update(in);
    }
  }

  /** Whether a bundle is there for a moment only, to be tried out. */
  static boolean isTrial(Bundle bundle) {
    return bundle.getLocation().startsWith(TRIAL);
  }

  /** Installs the new content beside the old for a moment, to see what it would miss. */
  private List<String> tryOut(Deployment deployment)
      throws IOException, BundleException, InterruptedException {
    List<String> missing = new ArrayList<>();
    AtomicReference<Bundle> trial = new AtomicReference<>();
    insistence.run(() -> trial.set(installed(TRIAL, deployment)));
    try {
      missing.addAll(requirements.missing(trial.get()));
    } finally {
      insistence.run(trial.get()::uninstall);
    }
    return missing;
  }

  private void remove(Deployment deployment) throws InterruptedException {
    if (deployment == null || deployment.bundle == null) {
      return;
    }
    try {
      if (deployment.bundle.getState() != Bundle.UNINSTALLED) {
        insistence.run(deployment.bundle::uninstall);
      }
      refresher.release(deployment.bundle);
      LOG.info("{}: {} removed", deployment.fileName(), deployment.candidate);
    } catch (IOException | BundleException e) {
      LOG.warn("{}: {} not removed: {}", deployment.fileName(), deployment.candidate, describe(e));
    }
  }

  /** Says once why a jar is not used. */
  private static void refuse(Deployment deployment, String complaint) {
    if (!complaint.equals(deployment.complaint)) {
      deployment.complaint = complaint;
      LOG.warn("{}: {}", deployment.fileName(), complaint);
    }
  }

  /** The jars that are bundles, in use or not. */
  List<Deployed> deployed() {
    return deployments.values().stream()
        .filter(deployment -> deployment.candidate != null)
        .map(
            deployment ->
                new Deployed(
                    deployment.candidate,
                    Optional.ofNullable(deployment.bundle),
                    deployment.complaint))
        .toList();
  }

  /** What is said against jars that are not in use, one line each. */
  List<String> complaints() {
    return deployments.values().stream()
        .filter(deployment -> !deployment.complaint.isEmpty())
        .map(deployment -> deployment.fileName() + ": " + deployment.complaint)
        .toList();
  }

  static String describe(Throwable error) {
    StringBuilder text = new StringBuilder(String.valueOf(error.getMessage()));
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      text.append("; ").append(cause);
    }
    return text.toString();
  }
}
