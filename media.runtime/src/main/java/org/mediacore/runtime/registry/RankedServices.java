package org.mediacore.runtime.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Services of one kind, the best first. What is asked for is a snapshot. Safe for several threads.
 */
public final class RankedServices<S> {
  private static final Logger LOG = LoggerFactory.getLogger(RankedServices.class);

  private record Entry<S>(S service, ProviderInfo info) {}

  private volatile List<Entry<S>> entries = List.of();

  /** Adds a service. */
  public synchronized void add(S service, ProviderInfo info) {
    List<Entry<S>> changed = new ArrayList<>(entries);
    changed.add(new Entry<>(service, info));
    changed.sort(Comparator.comparing(Entry::info));
    entries = List.copyOf(changed);
  }

  /** Removes a service; what was made by it stays. */
  public synchronized void remove(S service) {
    entries = entries.stream().filter(entry -> entry.service() != service).toList();
  }

  /** The best service for which the condition holds. */
  public Optional<S> first(Predicate<S> condition) {
    for (Entry<S> entry : entries) {
      try {
        if (condition.test(entry.service())) {
          return Optional.of(entry.service());
        }
      } catch (RuntimeException | LinkageError broken) {
        LOG.warn("{} failed and is passed over", entry.info(), broken);
      }
    }
    return Optional.empty();
  }
}
