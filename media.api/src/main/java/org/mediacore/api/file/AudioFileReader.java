package org.mediacore.api.file;

import java.io.IOException;
import org.mediacore.api.codec.AudioFormat;
import org.osgi.annotation.versioning.ConsumerType;

/** Reads a file's audio from start to end; one thread at a time; may block. */
@ConsumerType
public interface AudioFileReader extends AutoCloseable {
  /** The audio that {@link #read} delivers. */
  AudioFormat format();

  /**
   * Reads on.
   *
   * @param pcm interleaved samples go here, from {@code offset} on
   * @param samples wanted, per channel
   * @return samples per channel read, fewer only at the end, or {@link
   *     org.mediacore.api.MediaStatus#FINISHED} where nothing is left
   */
  int read(short[] pcm, int offset, int samples) throws IOException;

  @Override
  void close() throws IOException;
}
