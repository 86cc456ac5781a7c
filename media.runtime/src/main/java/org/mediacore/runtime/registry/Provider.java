package org.mediacore.runtime.registry;

/**
 * A replaceable service as the runtime sees it; {@code toString} says what it provides, and who.
 */
public interface Provider {
  /** Who provides it. */
  ProviderInfo info();

  /** Whether another one provides the same, so that sessions may move between them. */
  boolean isLike(Provider other);

  /** Instances that were made and not yet closed. */
  int openInstances();
}
