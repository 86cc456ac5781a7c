package org.mediacore.format.wav;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.file.AudioFileReader;

/** Reads the audio that a {@link WavHeader} points to, 16 KiB at a time. */
final class WavReader implements AudioFileReader {
  private static final int BUFFER_BYTES = 16_384;

  private final SeekableByteChannel channel;
  private final WavHeader header;
  private final ByteBuffer buffer;
  private long unreadBytes;

  WavReader(SeekableByteChannel channel, WavHeader header) throws IOException {
    this.channel = channel;
    this.header = header;
    int room = BUFFER_BYTES - BUFFER_BYTES % header.blockBytes();
    buffer = ByteBuffer.allocate(room).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    unreadBytes = header.dataBytes();
    channel.position(header.dataStart());
  }

  @Override
  public AudioFormat format() {
    return header.format();
  }

  @Override
  public int read(short[] pcm, int offset, int samples) throws IOException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    int done = 0;
    while (done < samples && (buffer.hasRemaining() || fill())) {
      int count = Math.min(samples - done, buffer.remaining() / header.blockBytes());
      int elements = count * header.format().channels();
      int to = offset + done * header.format().channels();
      for (int i = 0; i < elements; i++) {
        pcm[to + i] = header.encoding().next(buffer);
      }
      done += count;
    }
    return done == 0 && samples > 0 ? MediaStatus.FINISHED : done;
  }

  /** Fetches whole samples; false at the end. */
  private boolean fill() throws IOException {
    buffer.clear().limit((int) Math.min(buffer.capacity(), unreadBytes));
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        // Shorter than it was when it was opened: what is there counts.
        buffer.limit(buffer.position() - buffer.position() % header.blockBytes());
        buffer.position(buffer.limit());
        unreadBytes = buffer.limit();
      }
    }
    buffer.flip();
    unreadBytes -= buffer.limit();
    return buffer.hasRemaining();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
