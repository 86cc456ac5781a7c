package org.mediacore.api.swap;

import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tries a new version of a bundle on a share of the sessions before all get it, as a service. Safe
 * for use by several threads.
 */
@ProviderType
public interface CanarySwaps {
  /**
   * Holds back what a bundle provides: until the verdict, its codecs and processors get a share of
   * the sessions that use the same of another version of the bundle, and nobody else. To be called
   * before the bundle starts; a bundle that is already there takes calls already. Where no provider
   * comes, or it has nothing to be compared with, within the time that is set for it, the verdict
   * says so.
   *
   * @param bundle the symbolic name
   * @param version the version that is on trial
   * @param percent the share of the sessions, 1 to 100; at least one session
   * @return completed with the verdict, which the platform has carried out by then: sessions have
   *     moved to the newcomer, or back from it, and the newcomer is in quarantine where it broke a
   *     limit; cancelling it lets the sessions move back. What was not promoted stays held back for
   *     as long as it is there, or until another canary promotes it
   * @throws IllegalArgumentException where {@code percent} is out of range
   * @throws IllegalStateException where a canary of this bundle is under way
   */
  CompletableFuture<CanaryVerdict> canary(String bundle, String version, int percent);
}
