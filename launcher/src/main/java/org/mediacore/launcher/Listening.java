package org.mediacore.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;

/**
 * Collects what bundles say about where they listen: a service with the property {@code
 * media.listening} (lines) or {@code media.listening.failed} (why not). A bundle of the base whose
 * manifest has the header {@code Media-Listening} must say one of the two. Only strings are
 * exchanged, so that the launcher shares no type with any bundle. What home/deploy holds is started
 * before the base's media, so it has been heard by the time the base is up; nothing waits for it.
 */
final class Listening {
  private static final String LINES = "media.listening";
  private static final String FAILED = "media.listening.failed";
  private static final String HEADER = "Media-Listening";

  /** A {@code Supplier} of text that says what does not work in the container. */
  private static final String DIAGNOSIS =
      "(&(objectClass=java.util.function.Supplier)(media.diagnosis=true))";

  private final BundleContext context;
  private final BlockingQueue<ServiceReference<?>> heard = new LinkedBlockingQueue<>();
  private final Map<Long, String> expected = new TreeMap<>();

  Listening(BundleContext context) {
    this.context = context;
    try {
      context.addServiceListener(this::onServiceEvent, "(|(" + LINES + "=*)(" + FAILED + "=*))");
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void onServiceEvent(ServiceEvent event) {
    if (event.getType() == ServiceEvent.REGISTERED || event.getType() == ServiceEvent.MODIFIED) {
      heard.add(event.getServiceReference());
    }
  }

  /** Takes note of those bundles that must say where they listen. */
  void expect(Collection<Bundle> bundles) {
    for (Bundle bundle : bundles) {
      if (bundle.getHeaders("").get(HEADER) != null) {
        expected.put(bundle.getBundleId(), bundle.getSymbolicName());
      }
    }
  }

  /**
   * Waits until every expected bundle listens.
   *
   * @return the lines, sorted, so that they come in the same order whatever started first
   * @throws StartException as soon as one says that it cannot, or when the time is over
   */
  List<String> await(Duration within) throws StartException {
    long endNs = System.nanoTime() + within.toNanos();
    Map<Long, String> missing = new TreeMap<>(expected);
    Map<Object, ServiceReference<?>> services = new TreeMap<>();
    try {
      while (true) {
        boolean complete = missing.isEmpty();
        long waitNs = complete ? 0 : endNs - System.nanoTime();
        ServiceReference<?> service = heard.poll(waitNs, TimeUnit.NANOSECONDS);
        if (service == null && complete) {
          return lines(services.values());
        }
        if (service == null) {
          throw new StartException(notUp(missing.values(), within));
        }
        refuseFailed(service);
        if (service.getBundle() != null) {
          missing.remove(service.getBundle().getBundleId());
          services.put(service.getProperty(Constants.SERVICE_ID), service);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while the platform came up", e);
    }
  }

  private static void refuseFailed(ServiceReference<?> service) throws StartException {
    if (service.getProperty(FAILED) instanceof String reason) {
      throw new StartException(reason);
    }
  }

  private static List<String> lines(Collection<ServiceReference<?>> services) {
    List<String> lines = new ArrayList<>();
    for (ServiceReference<?> service : services) {
      Object property = service.getProperty(LINES);
      if (property instanceof String[] several) {
        lines.addAll(List.of(several));
      } else if (property instanceof String one) {
        lines.add(one);
      }
    }
    Collections.sort(lines);
    return lines;
  }

  private String notUp(Collection<String> missing, Duration within) {
    StringBuilder text = new StringBuilder();
    text.append("not up within ").append(within.toSeconds()).append(" s: ");
    text.append(String.join(", ", missing));
    try {
      ServiceReference<?>[] services = context.getAllServiceReferences(null, DIAGNOSIS);
      if (services == null) {
        return text.append("\nthe deployer, which could say why, is not up either").toString();
      }
      for (ServiceReference<?> service : services) {
        if (context.getService(service) instanceof Supplier<?> diagnosis) {
          text.append('\n').append(diagnosis.get());
        }
      }
      return text.toString();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
