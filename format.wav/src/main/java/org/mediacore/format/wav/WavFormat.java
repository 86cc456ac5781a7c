package org.mediacore.format.wav;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Set;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.file.AudioFileReader;
import org.mediacore.api.file.AudioFileWriter;
import org.mediacore.api.file.MediaFileFormat;
import org.osgi.service.component.annotations.Component;

/**
 * RIFF/WAVE: writes 16-bit PCM, reads that and what is commonly found besides, as 16-bit (see
 * {@link SampleEncoding}).
 */
@Component(service = MediaFileFormat.class)
public final class WavFormat implements MediaFileFormat {
  private static final Set<String> EXTENSIONS = Set.of("wav");

  /** Makes the format; called by the container. */
  public WavFormat() {}

  @Override
  public Set<String> extensions() {
    return EXTENSIONS;
  }

  @Override
  public AudioFileReader openReader(SeekableByteChannel channel) throws IOException {
    try {
      return new WavReader(channel, WavHeader.read(channel));
    } catch (IOException | RuntimeException e) {
      closeAfter(e, channel);
      throw e;
    }
  }

  @Override
  public AudioFileWriter openWriter(SeekableByteChannel channel, AudioFormat format)
      throws IOException {
    try {
      return new WavWriter(channel, format, WavWriter.MAX_DATA_BYTES);
    } catch (IOException | RuntimeException e) {
      closeAfter(e, channel);
      throw e;
    }
  }

  private static void closeAfter(Exception reason, SeekableByteChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
