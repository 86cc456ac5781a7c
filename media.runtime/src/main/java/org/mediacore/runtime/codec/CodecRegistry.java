package org.mediacore.runtime.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.payload.PayloadFormat;
import org.mediacore.api.payload.PayloadFormatDescriptor;
import org.mediacore.api.session.CodecInfo;
import org.mediacore.runtime.loop.LoopScratch;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.registry.Standing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The codecs that are there now, in the order of preference. Providers come and go at any time;
 * what is asked for is a snapshot. Safe for several threads.
 */
public final class CodecRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(CodecRegistry.class);

  private record Format(PayloadFormat service, ProviderInfo info) {}

  private volatile List<CodecProvider> providers = List.of();
  private volatile List<String> preference = List.of();

  /** Codecs that make frames only; used as far as there is a payload format for them. */
  private volatile List<CodecProvider> bare = List.of();

  private List<Format> formats = List.of();
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
    descriptors.forEach(descriptor -> requireRoom(descriptor, info));
    List<CodecProvider> added = new ArrayList<>();
    List<CodecProvider> framed = new ArrayList<>();
    for (CodecDescriptor descriptor : descriptors) {
      CodecProvider provider = new CodecProvider(factory, descriptor, info);
      (provider.framesOnly() ? framed : added).add(provider);
    }
    for (CodecProvider codec : framed) {
      formats.forEach(format -> join(codec, format).ifPresent(added::add));
    }
    bare = joined(bare, framed);
    providers = sorted(joined(providers, added));
  }

  private static void requireRoom(CodecDescriptor descriptor, ProviderInfo info) {
    if (descriptor.audio().sampleRateHz() > LoopScratch.MAX_SAMPLE_RATE_HZ) {
      throw new IllegalArgumentException(
          info + ": " + descriptor.rtpmap() + " samples above " + LoopScratch.MAX_SAMPLE_RATE_HZ);
    }
    List<Integer> durationsUs = descriptor.frameDurationsUs();
    int longestUs = durationsUs.get(durationsUs.size() - 1);
    if (longestUs > CodecParameters.MAX_FRAME_DURATION_US) {
      throw new IllegalArgumentException(
          (info + ": " + descriptor.rtpmap() + " has frames of " + longestUs)
              + (" us, above " + CodecParameters.MAX_FRAME_DURATION_US));
    }
  }

  /**
   * Adds a payload format, for all codecs there are and that will come.
   *
   * @throws IllegalArgumentException where it breaks its contract; it is not added then
   */
  public synchronized void add(PayloadFormat format, ProviderInfo info) {
    try {
      Objects.requireNonNull(format.descriptor(), "descriptor() gave null");
    } catch (RuntimeException | LinkageError broken) {
      throw new IllegalArgumentException(info + ": descriptor() failed: " + broken, broken);
    }
    Format added = new Format(format, info);
    formats = joined(formats, List.of(added));
    List<CodecProvider> come = new ArrayList<>();
    bare.forEach(codec -> join(codec, added).ifPresent(come::add));
    providers = sorted(joined(providers, come));
  }

  private static Optional<CodecProvider> join(CodecProvider codec, Format format) {
    try {
      PayloadFormatDescriptor descriptor = format.service().descriptor();
      if (descriptor.kind() != codec.descriptor().kind()
          || !descriptor.codec().equalsIgnoreCase(codec.descriptor().encoding())) {
        return Optional.empty();
      }
      FormattedCodec joined =
          new FormattedCodec(codec.factory(), codec.descriptor(), format.service());
      return Optional.of(
          new CodecProvider(joined, joined.descriptor(), codec.info().with(format.info())));
    } catch (RuntimeException | LinkageError broken) {
      LOG.error("{} does without the payload format of {}", codec, format.info(), broken);
      return Optional.empty();
    }
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    List<T> all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** Removes all codecs of a factory; instances stay open. Gives what was removed. */
  public synchronized List<CodecProvider> remove(AudioCodecFactory factory) {
    bare = bare.stream().filter(provider -> !provider.isOf(factory)).toList();
    return removeAllOf(factory, CodecProvider::info);
  }

  /** Removes a payload format; instances stay open. Gives the codecs that went with it. */
  public synchronized List<CodecProvider> remove(PayloadFormat format) {
    formats = formats.stream().filter(there -> there.service() != format).toList();
    return removeAllOf(format, provider -> provider.info().format().orElseThrow());
  }

  private List<CodecProvider> removeAllOf(
      Object service, Function<CodecProvider, ProviderInfo> whoLeft) {
    List<CodecProvider> removed =
        providers.stream().filter(provider -> provider.isOf(service)).toList();
    providers = providers.stream().filter(provider -> !provider.isOf(service)).toList();
    removed.forEach(provider -> standing.forget(provider, whoLeft.apply(provider)));
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

  /**
   * Those of {@link #selected} for an offer of ours. What payload formats make of one codec are
   * many, which would make a description longer than a datagram: offered are those that the order
   * of preference names, or all where there is nothing else.
   */
  public List<CodecProvider> offered() {
    List<CodecProvider> all = selected();
    List<CodecProvider> some =
        all.stream()
            .filter(provider -> provider.info().format().isEmpty() || isNamed(provider))
            .toList();
    return some.isEmpty() ? all : some;
  }

  private boolean isNamed(CodecProvider provider) {
    return rank(provider) < preference.size();
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

  /** All providers, in the order of preference; those that lack a payload format come last. */
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
    for (CodecProvider codec : bare) {
      if (providers.stream().noneMatch(provider -> provider.isOf(codec.factory()))) {
        infos.add(
            new CodecInfo(
                codec.descriptor(),
                codec.info() + ", no payload format",
                codec.info().ranking(),
                false,
                0));
      }
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
