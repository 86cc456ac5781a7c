package org.mediacore.api.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Set;
import org.mediacore.api.codec.AudioFormat;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A file format as a service: shared, stateless. Readers and writers may block and are never used
 * on a media loop.
 */
@ConsumerType
public interface MediaFileFormat {
  /**
   * File name extensions in lower case without a dot, such as {@code wav}; the first is written.
   */
  Set<String> extensions();

  /**
   * Opens a file for reading. The reader owns the channel from here on, and closes it also when
   * this method throws.
   *
   * @throws IOException with a message that names what is wrong where the content is not this
   *     format
   */
  AudioFileReader openReader(SeekableByteChannel channel) throws IOException;

  /** Starts a file. The writer owns the channel from here on, also when this method throws. */
  AudioFileWriter openWriter(SeekableByteChannel channel, AudioFormat format) throws IOException;
}
