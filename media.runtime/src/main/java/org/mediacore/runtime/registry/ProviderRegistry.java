package org.mediacore.runtime.registry;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * The providers of one kind that are there now. They come and go at any time; what is asked for is
 * a snapshot. Safe for several threads.
 */
public final class ProviderRegistry<P extends Provider> {
  private final List<P> providers = new CopyOnWriteArrayList<>();
  private final Standing standing;

  public ProviderRegistry(Standing standing) {
    this.standing = standing;
  }

  /** Adds a provider. */
  public void add(P provider) {
    providers.add(provider);
  }

  /** Removes the providers for which the condition holds; instances stay open. */
  public void remove(Predicate<P> condition) {
    for (P provider : providers) {
      if (condition.test(provider) && providers.remove(provider)) {
        standing.forget(provider);
      }
    }
  }

  /** The provider that sessions use among those for which the condition holds. */
  public Optional<P> best(Predicate<P> condition) {
    return providers.stream()
        .filter(condition)
        .filter(provider -> !standing.isHeld(provider))
        .reduce(standing::better);
  }

  /** Whether a provider is there, in good standing or not. */
  public boolean has(P provider) {
    return providers.contains(provider);
  }

  /** All that are there, in the order they came. */
  public List<P> all() {
    return List.copyOf(providers);
  }

  /** As {@link Standing#quarantine}, where the provider is there. */
  public boolean quarantine(P provider, String why) {
    return has(provider) && standing.quarantine(provider, why);
  }
}
