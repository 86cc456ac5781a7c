package org.mediacore.launcher;

/**
 * In which order the bundles start, and in the opposite one stop. The container's own services come
 * first; then the deployer, which applies conf/ and starts deploy/ before media has a port; the
 * media platform; and last what lets callers in.
 */
final class StartLevels {
  /** Of what the deployer installs. */
  static final int DEPLOYED = 2;

  /** The highest level. */
  static final int LAST = 4;

  private StartLevels() {}

  /** The level of a bundle of the base, by its file's name. */
  static int of(String jar) {
    if (jar.startsWith("signaling.")) {
      return LAST;
    }
    if (jar.startsWith("media.")) {
      return 3;
    }
    return jar.startsWith("deployer-") ? DEPLOYED : 1;
  }
}
