package org.mediacore.api.processing;

import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioFormat;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A processing stage as a service: shared, stateless, safe for use by several threads. Sessions
 * name the processors they want; among several services of one name the platform takes the one of
 * the highest ranking, then of the highest bundle version.
 */
@ConsumerType
public interface AudioProcessorFactory {
  /** What it is; always the same value. */
  ProcessorDescriptor descriptor();

  /**
   * Makes an instance for one session. Called off the loop, may block.
   *
   * @param format the audio that it will be given, which does not change
   * @throws MediaSetupException {@code NOT_SUPPORTED} where it cannot work on this format, {@code
   *     RESOURCE_MISSING} where something it needs is not there: the session then goes without it
   */
  AudioProcessor create(AudioFormat format) throws MediaSetupException;
}
