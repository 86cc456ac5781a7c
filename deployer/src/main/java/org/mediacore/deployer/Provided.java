package org.mediacore.deployer;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/**
 * What bundles provide of the platform's contracts. A bundle may be started and provide nothing,
 * because its component failed or waits; then it must not take another's place.
 */
final class Provided {
  private static final String CONTRACTS = "org.mediacore.api.";

  private final BundleContext context;
  private final long withinMs;

  /**
   * @param withinMs how long a newcomer may take to register its services
   */
  Provided(BundleContext context, long withinMs) {
    this.context = context;
    this.withinMs = withinMs;
  }

  /** The contracts that bundles have services of. */
  static Set<String> by(Collection<Bundle> bundles) {
    Set<String> names = new TreeSet<>();
    for (Bundle bundle : bundles) {
      // An uninstalled bundle cannot be asked.
      ServiceReference<?>[] services =
          bundle.getState() == Bundle.UNINSTALLED ? null : bundle.getRegisteredServices();
      for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
        Arrays.stream((String[]) service.getProperty(Constants.OBJECTCLASS))
            .filter(name -> name.startsWith(CONTRACTS))
            .forEach(names::add);
      }
    }
    return names;
  }

  /**
   * Waits until a bundle provides what is wanted of it.
   *
   * @return what it does not provide when the time is over; empty where it provides all
   */
  Set<String> lacking(Bundle newcomer, Set<String> wanted) throws InterruptedException {
    Semaphore changes = new Semaphore(0);
    ServiceListener listener = event -> changes.release();
    context.addServiceListener(listener);
    try {
      long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs);
      while (true) {
        Set<String> lacking = new TreeSet<>(wanted);
        lacking.removeAll(by(Set.of(newcomer)));
        long leftNs = endNs - System.nanoTime();
        if (lacking.isEmpty() || !changes.tryAcquire(Math.max(0, leftNs), TimeUnit.NANOSECONDS)) {
          return lacking;
        }
      }
    } finally {
      context.removeServiceListener(listener);
    }
  }
}
