package org.mediacore.format.wav;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.file.AudioFileWriter;

/**
 * Writes 16-bit PCM behind a header of 44 bytes. The header is brought up to date after each second
 * of audio, so that the file is readable whenever the process dies.
 */
final class WavWriter implements AudioFileWriter {
  static final int HEADER_BYTES = 44;

  /** The RIFF size, 32 bits, counts all but its own eight bytes. */
  static final long MAX_DATA_BYTES = 0xFFFF_FFFFL - (HEADER_BYTES - 8);

  private static final int BUFFER_BYTES = 16_384;
  private static final int RIFF_SIZE_AT = 4;
  private static final int DATA_SIZE_AT = 40;

  private final SeekableByteChannel channel;
  private final AudioFormat format;
  private final int blockBytes;
  private final long maxDataBytes;
  private final long bytesPerUpdate;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
  private long acceptedBytes;
  private long writtenBytes;
  private long toldBytes;

  /** Starts a file over; {@code maxDataBytes} is {@link #MAX_DATA_BYTES} but in tests. */
  WavWriter(SeekableByteChannel channel, AudioFormat format, long maxDataBytes) throws IOException {
    this.channel = channel;
    this.format = format;
    this.maxDataBytes = maxDataBytes;
    blockBytes = 2 * format.channels();
    bytesPerUpdate = (long) format.sampleRateHz() * blockBytes;
    channel.truncate(0);
    channel.position(0);
    writeFully(header());
  }

  private ByteBuffer header() {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.put(ascii("RIFF")).putInt(HEADER_BYTES - 8).put(ascii("WAVE"));
    header.put(ascii("fmt ")).putInt(16);
    header.putShort((short) 1).putShort((short) format.channels());
    header.putInt(format.sampleRateHz()).putInt(format.sampleRateHz() * blockBytes);
    header.putShort((short) blockBytes).putShort((short) 16);
    header.put(ascii("data")).putInt(0);
    return header.flip();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void write(short[] pcm, int offset, int samples) throws IOException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    long bytes = (long) samples * blockBytes;
    if (acceptedBytes + bytes > maxDataBytes) {
      throw new IOException(
          "a WAV file holds at most " + maxDataBytes + " bytes of audio; it is full");
    }
    acceptedBytes += bytes;
    int end = offset + samples * format.channels();
    for (int i = offset; i < end; i++) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      buffer.putShort(pcm[i]);
    }
    if (acceptedBytes - toldBytes >= bytesPerUpdate) {
      flush();
      tellSizes();
    }
  }

  private void flush() throws IOException {
    channel.position(HEADER_BYTES + writtenBytes);
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        writtenBytes += channel.write(buffer);
      }
    } finally {
      buffer.compact();
    }
  }

  /** Writes the sizes for the audio that is on the channel. */
  private void tellSizes() throws IOException {
    long wholeBytes = writtenBytes - writtenBytes % blockBytes;
    tellSize(RIFF_SIZE_AT, HEADER_BYTES - 8 + wholeBytes);
    tellSize(DATA_SIZE_AT, wholeBytes);
    toldBytes = wholeBytes;
  }

  private void tellSize(int position, long value) throws IOException {
    size.clear().putInt((int) value).flip();
    channel.position(position);
    writeFully(size);
  }

  private void writeFully(ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      channel.write(from);
    }
  }

  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    try (channel) {
      try {
        flush();
      } finally {
        tellSizes();
      }
    }
  }
}
