package org.mediacore.deployer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mediacore.api.swap.BundleChangeException;
import org.mediacore.deployer.Candidate.BrokenJarException;
import org.mediacore.deployer.Deployments.Deployed;
import org.osgi.framework.Bundle;

/**
 * Puts builds into home/deploy and takes them out, as an operator would, and waits for what becomes
 * of it. Nothing leaves the folder that the archive does not have. Used by one thread at a time.
 */
final class DeployFolder {
  /** Has the deployer look at the folder, and returns when it has followed. */
  @FunctionalInterface
  interface Follower {
    /**
     * @param complete the name of a file that is known to be complete
     */
    void follow(String complete) throws IOException, InterruptedException;
  }

  private final Path directory;
  private final Archive archive;
  private final Deployer deployer;
  private final Follower follower;
  private final Provided provided;

  DeployFolder(
      Path directory, Archive archive, Deployer deployer, Follower follower, Provided provided) {
    this.directory = directory;
    this.archive = archive;
    this.deployer = deployer;
    this.follower = follower;
    this.provided = provided;
  }

  /** What of a bundle is in the folder. */
  List<Deployed> deployed(String name) {
    return deployer.deployed().stream().filter(jar -> jar.candidate().name().equals(name)).toList();
  }

  /** Whether a version of a bundle is in the folder, whichever build of it. */
  boolean hasVersionOf(Candidate build) {
    return deployed(build.name()).stream().anyMatch(jar -> jar.candidate().sameBundleAs(build));
  }

  boolean has(Candidate build) {
    return deployed(build.name()).stream().anyMatch(jar -> jar.candidate().sameBuildAs(build));
  }

  /**
   * Deploys a build: over another build of the same version, else beside other versions. Where it
   * is there already, only checks that it runs.
   *
   * @throws BundleChangeException where it does not run; the folder is as before then
   */
  void put(Candidate build) throws BundleChangeException, IOException, InterruptedException {
    if (!has(build)) {
      Optional<Candidate> kept = keepOtherBuildOf(build);
      Path target = kept.isPresent() ? otherBuildOf(build).get().file() : freeFile(build);
      Archive.place(build, target);
      follow(target);
      if (!runs(build)) {
        String why = complaint(build);
        takeBack(target, kept);
        throw new BundleChangeException(build + " was not deployed: " + why);
      }
    } else if (!runs(build)) {
      throw new BundleChangeException(build + " is deployed and does not run: " + complaint(build));
    }
  }

  private Optional<Candidate> otherBuildOf(Candidate build) {
    return deployed(build.name()).stream()
        .map(Deployed::candidate)
        .filter(jar -> jar.sameBundleAs(build) && !jar.sameBuildAs(build))
        .findFirst();
  }

  /** Another build of the same version where one is in the folder, as the archive has it. */
  Optional<Candidate> keepOtherBuildOf(Candidate build) throws BundleChangeException {
    Optional<Candidate> other = otherBuildOf(build);
    return other.isPresent() ? Optional.of(keep(other.get())) : Optional.empty();
  }

  private boolean runs(Candidate build) {
    return deployed(build.name()).stream()
        .anyMatch(jar -> jar.candidate().sameBuildAs(build) && jar.running());
  }

  /**
   * Waits until a build provides what others provide whose place it is to take.
   *
   * @throws BundleChangeException where it does not
   */
  void requireProvides(Candidate build, List<Candidate> others)
      throws BundleChangeException, InterruptedException {
    Set<String> wanted = Provided.by(others.stream().flatMap(this::bundles).toList());
    for (Bundle bundle : bundles(build).toList()) {
      Set<String> lacking = provided.lacking(bundle, wanted);
      if (!lacking.isEmpty()) {
        throw new BundleChangeException(
            build
                + " is started and does not provide "
                + String.join(", ", lacking)
                + ", as "
                + others
                + " does (the log says why, if it failed); nothing else was changed");
      }
    }
  }

  private Stream<Bundle> bundles(Candidate build) {
    return deployed(build.name()).stream()
        .filter(jar -> jar.candidate().sameBuildAs(build))
        .flatMap(jar -> jar.bundle().stream());
  }

  private String complaint(Candidate build) {
    return deployed(build.name()).stream()
        .filter(jar -> jar.candidate().sameBundleAs(build))
        .map(Deployed::complaint)
        .filter(complaint -> !complaint.isEmpty())
        .findFirst()
        .orElse("its bundle is stopped");
  }

  private void takeBack(Path target, Optional<Candidate> former)
      throws IOException, InterruptedException {
    if (former.isPresent()) {
      Archive.place(former.get(), target);
    } else {
      Files.deleteIfExists(target);
    }
    follow(target);
  }

  /** The plain name, unless something else has it. */
  Path freeFile(Candidate build) throws BundleChangeException {
    for (String suffix : List.of("", "+" + build.checksum())) {
      Path file = directory.resolve(Archive.fileName(build, suffix));
      if (!Files.exists(file)) {
        return file;
      }
    }
    throw new BundleChangeException(
        "home/deploy/" + Archive.fileName(build, "") + " is in the way of " + build);
  }

  /**
   * Makes sure that the archive has a jar of the folder; to be called before anything is changed.
   *
   * @return the archived one
   * @throws BundleChangeException where it cannot be archived
   */
  Candidate keep(Candidate jar) throws BundleChangeException {
    try {
      Candidate content = Candidate.read(jar.file());
      if (!content.sameBuildAs(jar)) {
        archive.keep(content); // refused as an update so far, and not to be lost either
      }
      return archive.keep(jar);
    } catch (IOException | BrokenJarException e) {
      throw new BundleChangeException(jar + " cannot be archived, so it stays: " + e, e);
    }
  }

  /** Takes a build out; the archive has it. */
  void remove(Candidate build) throws BundleChangeException, IOException, InterruptedException {
    for (Deployed jar : deployed(build.name())) {
      if (jar.candidate().sameBuildAs(build)) {
        keep(jar.candidate());
        Files.deleteIfExists(jar.candidate().file());
        follow(jar.candidate().file());
      }
    }
  }

  /**
   * Takes a file out that was put there to be tried.
   *
   * @return whether it was there
   */
  boolean discard(String fileName) throws IOException {
    return Files.deleteIfExists(directory.resolve(fileName));
  }

  private void follow(Path file) throws IOException, InterruptedException {
    follower.follow(file.getFileName().toString());
  }
}
