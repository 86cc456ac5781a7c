package org.mediacore.deployer;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * The bundles that were there before the deployer: the platform's contracts and runtime, and the
 * container's own. They are replaced by a restart.
 */
final class Base {
  private static final String PLATFORM = "org.mediacore.";

  private final BundleContext context;
  private final Set<Long> ids;

  private Base(BundleContext context, Set<Long> ids) {
    this.context = context;
    this.ids = ids;
  }

  /** What is there now, but for what came from home/deploy. */
  static Base now(BundleContext context) {
    return new Base(
        context,
        Arrays.stream(context.getBundles())
            .filter(bundle -> !bundle.getLocation().startsWith(Deployments.LOCATION))
            .map(Bundle::getBundleId)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Those bundles as they are now, without the framework itself. */
  List<Bundle> bundles() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getBundleId() != 0 && ids.contains(bundle.getBundleId()))
        .toList();
  }

  boolean has(String name) {
    return bundles().stream().anyMatch(bundle -> name.equals(bundle.getSymbolicName()));
  }

  /**
   * Whether it is a bundle of the platform's own in the base. Another version of a library in the
   * base may be deployed beside it, for who needs that one.
   */
  boolean isPlatform(String name) {
    return name.startsWith(PLATFORM) && has(name);
  }

  static String refusal(String name) {
    return Candidate.shortName(name)
        + " is part of the base, which is replaced by a restart: see docs/live-swap.md";
  }
}
