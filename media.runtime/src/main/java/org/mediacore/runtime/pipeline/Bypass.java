package org.mediacore.runtime.pipeline;

import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;
import org.mediacore.api.processing.AudioProcessorFactory;
import org.mediacore.api.processing.ProcessorDescriptor;
import org.mediacore.api.processing.ProcessorDescriptor.Position;
import org.mediacore.runtime.processing.ProcessorProvider;
import org.mediacore.runtime.registry.ProviderInfo;
import org.osgi.framework.Version;

/** What stands in for a processor that is not there: audio passes unchanged. */
public final class Bypass implements AudioProcessorFactory {
  /** The provider of it; worse than any other. */
  public static final ProcessorProvider PROVIDER =
      new ProcessorProvider(
          new Bypass(),
          new ProviderInfo("bypass", Version.emptyVersion, Integer.MIN_VALUE, Long.MAX_VALUE));

  private Bypass() {}

  @Override
  public ProcessorDescriptor descriptor() {
    return new ProcessorDescriptor("bypass", Position.RECEIVED, 0);
  }

  @Override
  public AudioProcessor create(AudioFormat format) {
    return new AudioProcessor() {
      @Override
      public int process(short[] pcm, int offset, int samples) {
        return samples;
      }

      @Override
      public void close() {
        // Holds nothing.
      }
    };
  }
}
