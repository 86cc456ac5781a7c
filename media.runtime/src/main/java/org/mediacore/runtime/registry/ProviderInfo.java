package org.mediacore.runtime.registry;

import org.osgi.framework.Version;

/**
 * Who provides a service: what decides among several providers of one capability.
 *
 * @param bundle the bundle's symbolic name
 * @param version the bundle's version
 * @param ranking the service's ranking
 * @param serviceId the service's id; unique
 */
public record ProviderInfo(String bundle, Version version, int ranking, long serviceId)
    implements Comparable<ProviderInfo> {

  /** The better provider comes first: higher ranking, then higher version, then older service. */
  @Override
  public int compareTo(ProviderInfo other) {
    if (ranking != other.ranking) {
      return Integer.compare(other.ranking, ranking);
    }
    int byVersion = other.version.compareTo(version);
    return byVersion != 0 ? byVersion : Long.compare(serviceId, other.serviceId);
  }

  @Override
  public String toString() {
    return bundle + " " + version;
  }
}
