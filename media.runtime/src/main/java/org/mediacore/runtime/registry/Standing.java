package org.mediacore.runtime.registry;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is held for and against providers: those in quarantine, those that a canary holds back, and
 * what has passed its probation. Shared by all registries; safe for several threads.
 */
public final class Standing {
  private record Version(String bundle, String version) {}

  private record Proof(Provider provider, Object what) {}

  private final Map<Provider, String> quarantine = new ConcurrentHashMap<>();
  private final Set<Version> held = ConcurrentHashMap.newKeySet();
  private final Set<Version> onTrial = ConcurrentHashMap.newKeySet();
  private final Set<Proof> proved = ConcurrentHashMap.newKeySet();

  /**
   * Providers that went: what a trial that is still under way finds out about them is not kept.
   * Weak, so that their classes can go.
   */
  private final Set<Provider> gone = Collections.newSetFromMap(new WeakHashMap<>());

  /** Puts a provider into quarantine; whether that is new, and it is still there. */
  public synchronized boolean quarantine(Provider provider, String why) {
    return !gone.contains(provider) && quarantine.putIfAbsent(provider, why) == null;
  }

  /** Whether a provider failed, and is used only where there is nobody else. */
  public boolean isQuarantined(Provider provider) {
    return quarantine.containsKey(provider);
  }

  /** The providers in quarantine, each with why. */
  public List<String> quarantined() {
    return quarantine.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .sorted()
        .toList();
  }

  /** Holds back what a version of a bundle provides; whether that is new. */
  public boolean hold(String bundle, String version) {
    onTrial.add(new Version(bundle, version));
    return held.add(new Version(bundle, version));
  }

  /** A trial is over; what it held stays held only where something of it is there. */
  public synchronized void trialEnded(String bundle, String version, boolean isThere) {
    onTrial.remove(new Version(bundle, version));
    if (!isThere) {
      release(bundle, version);
    }
  }

  /** Ends {@link #hold}. */
  public void release(String bundle, String version) {
    held.remove(new Version(bundle, version));
  }

  /** Whether a provider is held back. */
  public boolean isHeld(Provider provider) {
    for (Version version : held) {
      if (provider.info().involves(version.bundle(), version.version())) {
        return true;
      }
    }
    return false;
  }

  /** Notes that a provider has passed its probation for something. */
  public synchronized void proved(Provider provider, Object what) {
    if (!gone.contains(provider)) {
      proved.add(new Proof(provider, what));
    }
  }

  /** Whether a provider has passed its probation for something. */
  public boolean isProved(Provider provider, Object what) {
    return proved.contains(new Proof(provider, what));
  }

  /** A provider has gone: what is known of it ends, so that it may come anew. */
  public void forget(Provider provider) {
    forget(provider, provider.info());
  }

  /**
   * As {@link #forget(Provider)}.
   *
   * @param left whose leaving it was: the codec's or the payload format's
   */
  public synchronized void forget(Provider provider, ProviderInfo left) {
    gone.add(provider);
    quarantine.remove(provider);
    proved.removeIf(proof -> proof.provider() == provider);
    String version = left.version().toString();
    if (!onTrial.contains(new Version(left.bundle(), version))) {
      release(left.bundle(), version); // else a trial ends it: others of it may be there
    }
  }

  /**
   * Which of two a session should have; the first where they are equal. One in quarantine is taken
   * only where there is nobody else: that it failed in one call must not end a codec for all.
   */
  public <P extends Provider> P better(P one, P other) {
    if (isQuarantined(one) != isQuarantined(other)) {
      return isQuarantined(one) ? other : one;
    }
    return one.info().compareTo(other.info()) <= 0 ? one : other;
  }
}
