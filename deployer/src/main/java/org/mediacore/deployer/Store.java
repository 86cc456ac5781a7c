package org.mediacore.deployer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.mediacore.api.swap.BundleChange;
import org.mediacore.api.swap.BundleChangeException;
import org.mediacore.api.swap.BundleStore;
import org.mediacore.api.swap.BundleVersion;
import org.mediacore.api.swap.SwapTrial;
import org.mediacore.deployer.Deployments.Deployed;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of home/deploy by command. It moves files as an operator would, and has the deployer
 * follow at once; so whatever is done by hand in the same folder meanwhile is seen, too.
 */
final class Store implements BundleStore {
  private static final Logger LOG = LoggerFactory.getLogger("archive");

  private final Base base;
  private final Archive archive;
  private final Deployer deployer;
  private final DeployFolder folder;
  private final ChangeLog log;
  private final LongSupplier nowMs;

  /** What is being done, or empty: one change at a time. */
  private final AtomicReference<String> underWay = new AtomicReference<>("");

  /** One change, with everything that may come in between. */
  @FunctionalInterface
  private interface Work {
    BundleChange make() throws BundleChangeException, IOException, InterruptedException;
  }

  /**
   * @param nowMs the time in milliseconds since 1970
   */
  Store(
      Base base,
      Archive archive,
      Deployer deployer,
      DeployFolder folder,
      ChangeLog log,
      LongSupplier nowMs) {
    this.base = base;
    this.archive = archive;
    this.deployer = deployer;
    this.folder = folder;
    this.log = log;
    this.nowMs = nowMs;
  }

  /**
   * Takes away what was on trial when the platform ended, which nobody has judged. To be called
   * before home/deploy is looked at for the first time.
   */
  void recover() {
    Optional<String> file = log.trial();
    if (file.isEmpty()) {
      return;
    }
    try {
      if (folder.discard(file.get())) {
        LOG.warn("{}: was on trial when the platform ended, and is taken out", file.get());
      }
      log.trialIsOver();
    } catch (IOException e) {
      LOG.warn("{}: was on trial when the platform ended, and stays: {}", file.get(), "" + e);
    }
  }

  // ---- what there is

  @Override
  public List<BundleVersion> versions() {
    List<BundleVersion> versions = new ArrayList<>();
    for (Bundle bundle : base.bundles()) {
      versions.add(
          new BundleVersion(
              String.valueOf(bundle.getSymbolicName()),
              bundle.getVersion().toString(),
              true,
              (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0,
              false,
              false,
              ""));
    }
    Shelf shelf = shelfOrDeployed();
    shelf.builds().forEach(build -> versions.add(version(shelf, build)));
    return List.copyOf(versions);
  }

  private static BundleVersion version(Shelf shelf, Candidate build) {
    List<Deployed> jars = shelf.deployed(build);
    return new BundleVersion(
        build.name(),
        shelf.label(build),
        false,
        jars.stream().anyMatch(Deployed::running),
        !jars.isEmpty(),
        shelf.isArchived(build),
        jars.stream()
            .map(Deployed::complaint)
            .filter(complaint -> !complaint.isEmpty())
            .findFirst()
            .orElse(""));
  }

  /** Where the archive cannot be read, what is deployed is still listed. */
  private Shelf shelfOrDeployed() {
    try {
      return shelf();
    } catch (BundleChangeException e) {
      LOG.warn("{}", e.getMessage());
      return new Shelf(base, List.of(), deployer.deployed());
    }
  }

  private Shelf shelf() throws BundleChangeException {
    try {
      return new Shelf(base, archive.builds(), deployer.deployed());
    } catch (IOException e) {
      throw new BundleChangeException("the archive cannot be read: " + e, e);
    }
  }

  // ---- changes

  @Override
  public BundleChange deploy(String bundle, String version) throws BundleChangeException {
    return atOnce(
        "deploying " + bundle + " " + version,
        () -> {
          Shelf shelf = shelf();
          Candidate build = shelf.build(shelf.symbolicName(bundle), version);
          folder.put(build);
          return remember(build.name(), shelf);
        });
  }

  @Override
  public BundleChange retire(String bundle, String version) throws BundleChangeException {
    return atOnce(
        "retiring " + bundle + " " + version,
        () -> {
          Shelf shelf = shelf();
          Candidate build = shelf.build(shelf.symbolicName(bundle), version);
          if (!folder.has(build)) {
            throw new BundleChangeException(build + " is not in home/deploy");
          }
          folder.remove(build);
          return remember(build.name(), shelf);
        });
  }

  @Override
  public BundleChange swap(String bundle, String version, SwapTrial trial)
      throws BundleChangeException, InterruptedException {
    return exclusively(
        "a swap of " + bundle + " to " + version,
        () -> {
          Shelf shelf = shelf();
          Candidate build = shelf.build(shelf.symbolicName(bundle), version);
          for (Candidate other : othersThan(build)) {
            folder.keep(other);
          }
          boolean stays = trial == SwapTrial.NONE ? put(build) : passes(build, trial);
          if (!stays) {
            return unchanged(build.name(), shelf);
          }
          for (Candidate other : othersThan(build)) {
            folder.remove(other);
          }
          return remember(build.name(), shelf);
        });
  }

  /** Deploys what can take the place of the others; what cannot goes again. */
  private boolean put(Candidate build)
      throws BundleChangeException, IOException, InterruptedException {
    boolean there = folder.has(build);
    Optional<Candidate> former = folder.keepOtherBuildOf(build);
    folder.put(build);
    boolean able = false;
    try {
      folder.requireProvides(build, othersThan(build));
      able = true;
    } finally {
      if (!able && former.isPresent()) {
        folder.put(former.get());
      } else if (!able && !there) {
        folder.remove(build);
      }
    }
    return true;
  }

  /** Deploys what is on trial; it stays only if it passes. */
  private boolean passes(Candidate build, SwapTrial trial)
      throws BundleChangeException, IOException, InterruptedException {
    if (folder.hasVersionOf(build)) {
      throw new BundleChangeException(
          build + " is deployed already: only a version that is not can be tried");
    }
    trial.begin(build.name(), build.version().toString());
    log.trial(folder.freeFile(build).getFileName().toString());
    boolean passed = false;
    try {
      put(build);
      passed = trial.passed();
    } finally {
      if (!passed) {
        folder.remove(build);
      }
      log.trialIsOver();
    }
    if (passed && !folder.has(build)) {
      throw new BundleChangeException(
          build + " was taken out of home/deploy during its trial; nothing else was changed");
    }
    return passed;
  }

  private List<Candidate> othersThan(Candidate build) {
    return folder.deployed(build.name()).stream()
        .map(Deployed::candidate)
        .filter(jar -> !jar.sameBundleAs(build))
        .toList();
  }

  @Override
  public BundleChange undo() throws BundleChangeException {
    return atOnce("an undo", this::undoNow);
  }

  private BundleChange undoNow() throws BundleChangeException, IOException, InterruptedException {
    BundleChange last =
        log.last().orElseThrow(() -> new BundleChangeException("there is no change to undo"));
    Shelf shelf = shelf();
    List<Candidate> back = new ArrayList<>();
    for (String version : last.before()) {
      back.add(shelf.build(shelf.symbolicName(last.bundle()), version));
    }
    List<Candidate> leaving =
        folder.deployed(last.bundle()).stream()
            .map(Deployed::candidate)
            .filter(jar -> back.stream().noneMatch(jar::sameBundleAs))
            .filter(jar -> last.after().contains(shelf.label(jar)))
            .toList();
    for (Candidate jar : leaving) {
      folder.keep(jar);
    }
    for (Candidate build : back) {
      put(build);
    }
    for (Candidate jar : leaving) {
      folder.remove(jar);
    }
    log.removeLast();
    return change(last.bundle(), shelf);
  }

  /** What is different from what a shelf had; remembered for {@link #undo}. */
  private BundleChange remember(String name, Shelf before) throws BundleChangeException {
    BundleChange change = change(name, before);
    if (!change.before().equals(change.after())) {
      try {
        log.add(change);
      } catch (IOException e) {
        LOG.warn("this change cannot be remembered, so it cannot be undone: {}", e.toString());
      }
    }
    return change;
  }

  private BundleChange change(String name, Shelf before) throws BundleChangeException {
    Shelf now = shelf();
    return new BundleChange(name, before.versions(name), now.versions(name), nowMs.getAsLong());
  }

  private BundleChange unchanged(String name, Shelf shelf) {
    return new BundleChange(name, shelf.versions(name), shelf.versions(name), nowMs.getAsLong());
  }

  // ---- one at a time

  private BundleChange exclusively(String what, Work work)
      throws BundleChangeException, InterruptedException {
    if (!underWay.compareAndSet("", what)) {
      throw new BundleChangeException("not now: " + underWay.get() + " is under way");
    }
    try {
      return work.make();
    } catch (IOException e) {
      throw new BundleChangeException("not done: " + e, e);
    } finally {
      underWay.set("");
    }
  }

  /** For what waits for nobody but the deployer. */
  private BundleChange atOnce(String what, Work work) throws BundleChangeException {
    try {
      return exclusively(what, work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BundleChangeException("interrupted; media:swap --list shows what was done", e);
    }
  }
}
