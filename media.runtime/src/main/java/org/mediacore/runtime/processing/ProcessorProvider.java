package org.mediacore.runtime.processing;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;
import org.mediacore.api.processing.AudioProcessorFactory;
import org.mediacore.api.processing.ProcessorDescriptor;
import org.mediacore.runtime.registry.Provider;
import org.mediacore.runtime.registry.ProviderInfo;

/** A processor factory, guarded against what breaks its contract. Safe for several threads. */
public final class ProcessorProvider implements Provider {
  private final AudioProcessorFactory factory;
  private final ProcessorDescriptor descriptor;
  private final ProviderInfo info;
  private final AtomicInteger openInstances = new AtomicInteger();

  /**
   * @throws IllegalArgumentException where the factory does not say what it is
   */
  public ProcessorProvider(AudioProcessorFactory factory, ProviderInfo info) {
    this.factory = factory;
    this.info = info;
    try {
      this.descriptor = Objects.requireNonNull(factory.descriptor(), "descriptor() gave null");
    } catch (RuntimeException | LinkageError broken) {
      throw new IllegalArgumentException(info + ": descriptor() failed: " + broken, broken);
    }
  }

  @Override
  public ProviderInfo info() {
    return info;
  }

  @Override
  public int openInstances() {
    return openInstances.get();
  }

  /** What it is. */
  public ProcessorDescriptor descriptor() {
    return descriptor;
  }

  /** Whether it is the provider of this service. */
  public boolean isOf(AudioProcessorFactory service) {
    return factory == service;
  }

  /** Makes a processor; the caller closes it with {@link #close}. */
  public AudioProcessor create(AudioFormat format) throws MediaSetupException {
    AudioProcessor processor;
    try {
      processor = Objects.requireNonNull(factory.create(format), "create gave null");
    } catch (RuntimeException | LinkageError broken) {
      throw new MediaSetupException(
          Reason.RESOURCE_MISSING,
          info + ": processor " + descriptor.name() + " failed",
          broken.toString(),
          broken);
    }
    openInstances.incrementAndGet();
    return processor;
  }

  /** Closes a processor that this provider made. */
  public void close(AudioProcessor processor) {
    openInstances.decrementAndGet();
    processor.close();
  }

  @Override
  public boolean isLike(Provider other) {
    return other instanceof ProcessorProvider processor
        && processor.descriptor.name().equals(descriptor.name())
        && processor.descriptor.position() == descriptor.position();
  }

  @Override
  public String toString() {
    return "processor " + descriptor.name() + " of " + info;
  }
}
