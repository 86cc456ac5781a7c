package org.mediacore.deployer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.mediacore.api.swap.BundleChangeException;
import org.mediacore.deployer.Deployments.Deployed;
import org.osgi.framework.Version;

/**
 * Every build that is known at one moment, deployed or archived, under the names that an operator
 * uses. A version alone names the build whose archived file has the plain name, or the only one
 * there is; {@code VERSION+CHECKSUM} names any.
 */
final class Shelf {
  private final Base base;
  private final List<Candidate> archived;
  private final List<Deployed> deployed;
  private final List<Candidate> builds = new ArrayList<>();

  Shelf(Base base, List<Candidate> archived, List<Deployed> deployed) {
    this.base = base;
    this.archived = List.copyOf(archived);
    this.deployed = List.copyOf(deployed);
    archived.forEach(this::add);
    deployed.forEach(jar -> add(jar.candidate()));
    builds.sort(
        Comparator.comparing(Candidate::name)
            .thenComparing(Candidate::version)
            .thenComparing(this::label));
  }

  private void add(Candidate build) {
    if (builds.stream().noneMatch(build::sameBuildAs)) {
      builds.add(build);
    }
  }

  /** All builds, by name and version. */
  List<Candidate> builds() {
    return List.copyOf(builds);
  }

  boolean isArchived(Candidate build) {
    return archived.stream().anyMatch(build::sameBuildAs);
  }

  /** The jars of home/deploy that are this build. */
  List<Deployed> deployed(Candidate build) {
    return deployed.stream().filter(jar -> jar.candidate().sameBuildAs(build)).toList();
  }

  /** Those versions of a bundle that are in home/deploy. */
  List<String> versions(String name) {
    return builds.stream()
        .filter(build -> build.name().equals(name) && !deployed(build).isEmpty())
        .map(this::label)
        .toList();
  }

  /** How a build is called in lists and by operators. */
  String label(Candidate build) {
    String version = build.version().toString();
    List<Candidate> same = builds.stream().filter(build::sameBundleAs).toList();
    boolean plain =
        same.stream()
            .filter(other -> hasPlainName(other))
            .findFirst()
            .map(build::sameBuildAs)
            .orElse(same.size() < 2);
    return plain ? version : version + "+" + build.checksum();
  }

  private boolean hasPlainName(Candidate build) {
    return archived.stream()
        .filter(build::sameBuildAs)
        .anyMatch(file -> file.fileName().equals(Archive.fileName(build, "")));
  }

  /**
   * The symbolic name of a bundle that can be replaced.
   *
   * @param name with or without {@code org.mediacore.}
   * @throws BundleChangeException where it is part of the base or not known
   */
  String symbolicName(String name) throws BundleChangeException {
    for (String whole : List.of(name, "org.mediacore." + name)) {
      if (base.has(whole)) {
        throw new BundleChangeException(Base.refusal(whole));
      }
      if (builds.stream().anyMatch(build -> build.name().equals(whole))) {
        return whole;
      }
    }
    String known =
        builds.stream().map(Candidate::shortName).distinct().collect(Collectors.joining(", "));
    throw new BundleChangeException(
        "unknown bundle '" + name + "'; there " + (known.isEmpty() ? "is none" : "are " + known));
  }

  /**
   * One build of a bundle.
   *
   * @param name the symbolic name
   * @param version as in lists, or with zeros left out: {@code 1.1} is {@code 1.1.0}
   * @throws BundleChangeException where there is none or several
   */
  Candidate build(String name, String version) throws BundleChangeException {
    List<Candidate> own = builds.stream().filter(build -> build.name().equals(name)).toList();
    for (Candidate build : own) {
      if (label(build).equals(version)) {
        return build;
      }
    }
    List<Candidate> fitting =
        own.stream().filter(build -> build.version().equals(parsed(version))).toList();
    for (Candidate build : fitting) {
      if (fitting.size() == 1 || label(build).equals(build.version().toString())) {
        return build;
      }
    }
    String known = own.stream().map(this::label).collect(Collectors.joining(", "));
    throw new BundleChangeException(
        "unknown version '"
            + version
            + "' of "
            + Candidate.shortName(name)
            + "; known are "
            + known
            + " (a jar that is put into home/data/bundles is known as well)");
  }

  private static Version parsed(String text) {
    try {
      return Version.parseVersion(text);
    } catch (IllegalArgumentException e) {
      return Version.emptyVersion;
    }
  }
}
