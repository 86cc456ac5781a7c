package org.mediacore.runtime.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.session.CodecInfo;
import org.mediacore.runtime.loop.LoopScratch;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.registry.Standing;

/**
 * The codecs that are there now, in the order of preference. Providers come and go at any time;
 * what is asked for is a snapshot. Safe for several threads.
 */
public final class CodecRegistry {
  private volatile List<CodecProvider> providers = List.of();
  private volatile List<String> preference = List.of();
  private final Standing standing;

  public CodecRegistry(Standing standing) {
    this.standing = standing;
  }

  /**
   * Sets the order of preference.
   *
   * @param encodings encoding names, the most wanted first; codecs that are not named come behind
   */
  public synchronized void prefer(List<String> encodings) {
    preference = encodings.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    providers = sorted(providers);
  }

  /**
   * Adds all codecs of a factory.
   *
   * @throws IllegalArgumentException where the factory's descriptors break the contract; nothing is
   *     added then
   */
  public synchronized void add(AudioCodecFactory factory, ProviderInfo info) {
    List<CodecDescriptor> descriptors;
    try {
      descriptors = List.copyOf(factory.descriptors());
    } catch (RuntimeException | LinkageError broken) {
      throw new IllegalArgumentException(info + ": descriptors() failed: " + broken, broken);
    }
    if (descriptors.isEmpty()) {
      throw new IllegalArgumentException(info + ": descriptors() is empty");
    }
    for (CodecDescriptor descriptor : descriptors) {
      if (descriptor.audio().sampleRateHz() > LoopScratch.MAX_SAMPLE_RATE_HZ) {
        throw new IllegalArgumentException(
            info + ": " + descriptor.rtpmap() + " samples above " + LoopScratch.MAX_SAMPLE_RATE_HZ);
      }
    }
    List<CodecProvider> changed = new ArrayList<>(providers);
    descriptors.forEach(descriptor -> changed.add(new CodecProvider(factory, descriptor, info)));
    providers = sorted(changed);
  }

  /** Removes all codecs of a factory; instances stay open. Gives what was removed. */
  public synchronized List<CodecProvider> remove(AudioCodecFactory factory) {
    List<CodecProvider> removed =
        providers.stream().filter(provider -> provider.factory() == factory).toList();
    providers = providers.stream().filter(provider -> provider.factory() != factory).toList();
    removed.forEach(standing::forget);
    return removed;
  }

  /** The provider to use for each codec, in the order of preference; none that is held back. */
  public List<CodecProvider> selected() {
    Map<String, CodecProvider> best = new LinkedHashMap<>();
    for (CodecProvider provider : providers) {
      if (!standing.isHeld(provider)) {
        best.merge(
            provider.descriptor().rtpmap().toLowerCase(Locale.ROOT), provider, standing::better);
      }
    }
    return List.copyOf(best.values());
  }

  /** Whether a provider is there, quarantined or not. */
  public boolean has(CodecProvider provider) {
    return providers.contains(provider);
  }

  /** The provider that new sessions use for what another provider provides as well. */
  public Optional<CodecProvider> bestFor(CodecProvider other) {
    String rtpmap = other.descriptor().rtpmap();
    return selected().stream()
        .filter(provider -> provider.descriptor().rtpmap().equalsIgnoreCase(rtpmap))
        .findFirst();
  }

  /**
   * Uses a provider no more, until its bundle comes anew.
   *
   * @return whether that is new: it is there, and was not in quarantine
   */
  public synchronized boolean quarantine(CodecProvider provider, String why) {
    return has(provider) && standing.quarantine(provider, why);
  }

  /** All providers, in the order of preference. */
  public List<CodecProvider> all() {
    return providers;
  }

  /** All providers, in the order of preference, the selected one of each codec first. */
  public List<CodecInfo> describe() {
    List<CodecProvider> selected = selected();
    List<CodecInfo> infos = new ArrayList<>();
    for (CodecProvider provider : providers) {
      infos.add(
          new CodecInfo(
              provider.descriptor(),
              provider.info().toString(),
              provider.info().ranking(),
              selected.contains(provider),
              provider.openInstances()));
    }
    return infos;
  }

  private List<CodecProvider> sorted(List<CodecProvider> unsorted) {
    List<CodecProvider> copy = new ArrayList<>(unsorted);
    copy.sort(Comparator.comparingInt(this::rank).thenComparing(CodecProvider::info));
    return List.copyOf(copy);
  }

  private int rank(CodecProvider provider) {
    int index = preference.indexOf(provider.descriptor().encoding().toLowerCase(Locale.ROOT));
    return index < 0 ? preference.size() : index;
  }
}
