package org.mediacore.runtime.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.ProcessorDescriptor.Position;
import org.mediacore.runtime.pipeline.Bypass;
import org.mediacore.runtime.pipeline.ProcessChain;
import org.mediacore.runtime.pipeline.ProcessStage;
import org.mediacore.runtime.processing.ProcessorProvider;
import org.mediacore.runtime.registry.ProviderRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processors that a session's audio is to pass. One that is not there, or cannot work on the
 * audio, is passed by until one comes that can.
 */
final class SessionProcessing {
  private static final Logger LOG = LoggerFactory.getLogger(SessionProcessing.class);

  private final String sessionId;
  private final List<String> names;
  private final ProviderRegistry<ProcessorProvider> processors;

  SessionProcessing(
      String sessionId, List<String> names, ProviderRegistry<ProcessorProvider> processors) {
    this.sessionId = sessionId;
    this.names = names;
    this.processors = processors;
  }

  /** What audio passes, as text: a chain's processors, or what it would have. */
  List<String> describe(Optional<ProcessChain> chain) {
    return chain
        .map(made -> made.stages().stream().map(ProcessStage::toString).toList())
        .orElse(names);
  }

  /** Whether a provider is of this name and position. */
  static Predicate<ProcessorProvider> is(String name, Position position) {
    return provider ->
        provider.descriptor().name().equals(name) && provider.descriptor().position() == position;
  }

  /** Makes the processors of one place; the caller closes them. */
  ProcessChain chain(Position position, AudioFormat format) {
    List<ProcessStage> stages = new ArrayList<>();
    for (String name : names) {
      Optional<ProcessorProvider> best = processors.best(is(name, position));
      boolean elsewhere =
          best.isEmpty() && processors.best(p -> p.descriptor().name().equals(name)).isPresent();
      if (!elsewhere) {
        stages.add(stage(name, position, best.orElse(Bypass.PROVIDER), format));
      }
    }
    return stages.isEmpty() ? ProcessChain.NONE : new ProcessChain(stages);
  }

  private ProcessStage stage(
      String name, Position position, ProcessorProvider provider, AudioFormat format) {
    try {
      return new ProcessStage(name, position, provider, format);
    } catch (MediaSetupException refused) {
      LOG.warn("session {} goes without processor {}: {}", sessionId, name, refused.getMessage());
      return bypass(name, position, format);
    }
  }

  private static ProcessStage bypass(String name, Position position, AudioFormat format) {
    try {
      return new ProcessStage(name, position, Bypass.PROVIDER, format);
    } catch (MediaSetupException impossible) {
      throw new IllegalStateException("a bypass can be made for any audio", impossible);
    }
  }
}
