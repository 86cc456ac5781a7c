package org.mediacore.runtime.registry;

import java.util.Optional;
import org.osgi.framework.Version;

/**
 * Who provides a service: what decides among several providers of one capability.
 *
 * @param bundle the bundle's symbolic name
 * @param version the bundle's version
 * @param ranking the service's ranking
 * @param serviceId the service's id; unique
 * @param format who provides the payload format of a codec that makes frames only
 */
public record ProviderInfo(
    String bundle, Version version, int ranking, long serviceId, Optional<ProviderInfo> format)
    implements Comparable<ProviderInfo> {

  /** One that does without a payload format of somebody's. */
  public ProviderInfo(String bundle, Version version, int ranking, long serviceId) {
    this(bundle, version, ranking, serviceId, Optional.empty());
  }

  /** A codec's joined with that of a payload format. */
  public ProviderInfo with(ProviderInfo payloadFormat) {
    return new ProviderInfo(bundle, version, ranking, serviceId, Optional.of(payloadFormat));
  }

  /**
   * The better provider comes first: higher ranking, then higher version, then older service; of
   * the payload format where the codec is the same.
   */
  @Override
  public int compareTo(ProviderInfo other) {
    if (ranking != other.ranking) {
      return Integer.compare(other.ranking, ranking);
    }
    int byVersion = other.version.compareTo(version);
    if (byVersion != 0) {
      return byVersion;
    }
    int byService = Long.compare(serviceId, other.serviceId);
    return byService != 0 || format.isEmpty() || other.format.isEmpty()
        ? byService
        : format.get().compareTo(other.format.get());
  }

  /** Whether the same bundles are meant, in whatever version. */
  public boolean isOfBundlesOf(ProviderInfo other) {
    return bundle.equals(other.bundle)
        && format.map(ProviderInfo::bundle).equals(other.format.map(ProviderInfo::bundle));
  }

  /** Whether a version of a bundle has a part in it. */
  public boolean involves(String someBundle, String someVersion) {
    return bundle.equals(someBundle) && version.toString().equals(someVersion)
        || format.isPresent() && format.get().involves(someBundle, someVersion);
  }

  /** Whether a ranking, and not a version, tells this from another. */
  public boolean isRankedOtherThan(ProviderInfo other) {
    return ranking != other.ranking
        || format.isPresent()
            && other.format.isPresent()
            && format.get().isRankedOtherThan(other.format.get());
  }

  @Override
  public String toString() {
    String codec = bundle + " " + version;
    return format.map(ProviderInfo::toString).filter(other -> !other.equals(codec)).stream()
        .reduce(codec, (one, other) -> one + " with " + other);
  }
}
