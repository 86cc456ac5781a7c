package org.mediacore.api.file;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** Writes audio to a file; one thread at a time; may block. */
@ConsumerType
public interface AudioFileWriter extends AutoCloseable {
  /**
   * Appends audio.
   *
   * @param pcm interleaved samples in the format the writer was opened with
   * @param offset first array element
   * @param samples samples per channel
   */
  void write(short[] pcm, int offset, int samples) throws IOException;

  /** Completes the file, so that its header tells the true length. Closing again does nothing. */
  @Override
  void close() throws IOException;
}
