package org.mediacore.tck;

import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;
import org.mediacore.api.processing.AudioProcessorFactory;

/**
 * What a bundle with an {@link AudioProcessorFactory} owes the platform: it can be replaced under
 * running calls. An empty subclass will do.
 */
public abstract class AudioProcessorBundleContract extends BundleContract<AudioProcessorFactory> {
  private AudioFormat cycled;

  /** Made by a subclass that tests one bundle. */
  protected AudioProcessorBundleContract() {
    super(AudioProcessorFactory.class);
  }

  /** The formats to work with; what the factory refuses is left out. */
  protected List<AudioFormat> audioFormats() {
    return List.of(
        new AudioFormat(8_000, 1), new AudioFormat(16_000, 1), new AudioFormat(48_000, 2));
  }

  @Override
  final BundleExercise open(AudioProcessorFactory factory) {
    List<ProcessorExercise.Subject> subjects = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (AudioFormat format : audioFormats()) {
      try {
        AudioProcessor processor = factory.create(format);
        subjects.add(new ProcessorExercise.Subject(processor, format));
      } catch (MediaSetupException refusal) {
        refused.add(format + ": " + refusal.getMessage());
      }
    }
    if (subjects.isEmpty()) {
      throw new AssertionError("no format works: " + refused);
    }
    return new ProcessorExercise(subjects);
  }

  @Override
  final void createAndClose(AudioProcessorFactory factory) throws MediaSetupException {
    if (cycled == null) {
      cycled = firstWorking(factory);
    }
    factory.create(cycled).close();
  }

  private AudioFormat firstWorking(AudioProcessorFactory factory) {
    List<String> refused = new ArrayList<>();
    for (AudioFormat format : audioFormats()) {
      try {
        factory.create(format).close();
        return format;
      } catch (MediaSetupException refusal) {
        refused.add(format + ": " + refusal.getMessage());
      }
    }
    throw new AssertionError("no format works: " + refused);
  }
}
