package org.mediacore.deployer;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases the class loaders of a bundle's former content, and touches nobody else: where another
 * bundle still uses its classes, they stay until that bundle is restarted.
 */
final class Refresher {
  private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);
  private static final long WITHIN_S = 10;

  private final FrameworkWiring wiring;

  Refresher(FrameworkWiring wiring) {
    this.wiring = wiring;
  }

  /** Call after an uninstall, or between an update and the next start. Waits until it is done. */
  void release(Bundle bundle) throws InterruptedException {
    if (!wiring.getRemovalPendingBundles().contains(bundle)) {
      return;
    }
    List<Bundle> others =
        wiring.getDependencyClosure(List.of(bundle)).stream()
            .filter(other -> !other.equals(bundle))
            .toList();
    if (others.isEmpty()) {
      refresh(List.of(bundle));
    } else {
      LOG.info("the former {} stays loaded while {} use it", bundle.getSymbolicName(), others);
    }
  }

  private void refresh(Collection<Bundle> bundles) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    wiring.refreshBundles(
        bundles,
        event -> {
          if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
            done.countDown();
          }
        });
    if (!done.await(WITHIN_S, TimeUnit.SECONDS)) {
      LOG.warn("the framework has not released {} within {} s", bundles, WITHIN_S);
    }
  }
}
