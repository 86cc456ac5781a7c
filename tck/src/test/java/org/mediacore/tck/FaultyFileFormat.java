package org.mediacore.tck;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.file.AudioFileReader;
import org.mediacore.api.file.AudioFileWriter;
import org.mediacore.api.file.MediaFileFormat;

/** Samples behind a short header, in a format that keeps the contract but for one fault. */
final class FaultyFileFormat implements MediaFileFormat {
  /** What it does wrong. */
  enum Fault {
    NONE,
    UPPER_CASE,
    ONE_READ_IS_ENOUGH,
    READS_TOO_MUCH,
    THROWS_ON_DAMAGE,
    TAKES_GARBAGE,
    LEAVES_CHANNEL_OPEN,
    CHANGES_WHAT_IT_WRITES,
    SHARED_BUFFER,
    WORKS_AFTER_CLOSE,
    CLOSE_THROWS_TWICE,
    HIDES_FULL_DISK,
    LEAKS
  }

  private static final int MAGIC = 0x58524157;
  private static final int HEADER = 9;

  private final Fault fault;
  private final List<byte[]> leaked = new ArrayList<>();
  private final ByteBuffer shared = ByteBuffer.allocate(65_536);

  FaultyFileFormat(Fault fault) {
    this.fault = fault;
  }

  @Override
  public Set<String> extensions() {
    return Set.of(fault == Fault.UPPER_CASE ? "XRAW" : "xraw");
  }

  private int fill(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
    int count = 0;
    for (int n = channel.read(buffer); n > 0; n = channel.read(buffer)) {
      count += n;
      if (fault == Fault.ONE_READ_IS_ENOUGH) {
        break;
      }
    }
    return count;
  }

  @Override
  public AudioFileReader openReader(SeekableByteChannel channel) throws IOException {
    if (fault == Fault.LEAKS) {
      leaked.add(new byte[2_000]);
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    fill(channel, header);
    boolean ours = !header.hasRemaining() && header.getInt(0) == MAGIC;
    int rate = ours ? header.getInt(4) : 8_000;
    int channels = ours ? header.get(8) : 1;
    boolean sane = rate >= 1 && rate <= 384_000 && channels >= 1 && channels <= 2;
    if (!ours && fault != Fault.TAKES_GARBAGE || !sane && fault != Fault.THROWS_ON_DAMAGE) {
      if (fault != Fault.LEAVES_CHANNEL_OPEN) {
        channel.close();
      }
      throw new IOException("not an XRAW file");
    }
    return new Reader(channel, new AudioFormat(rate, channels));
  }

  @Override
  public AudioFileWriter openWriter(SeekableByteChannel channel, AudioFormat format) {
    return new Writer(channel, format);
  }

  private final class Reader implements AudioFileReader {
    private final SeekableByteChannel channel;
    private final AudioFormat format;
    private boolean closed;

    Reader(SeekableByteChannel channel, AudioFormat format) {
      this.channel = channel;
      this.format = format;
    }

    @Override
    public AudioFormat format() {
      return format;
    }

    @Override
    public int read(short[] pcm, int offset, int samples) throws IOException {
      if (closed && fault == Fault.WORKS_AFTER_CLOSE) {
        return MediaStatus.FINISHED;
      }
      ByteBuffer bytes = ByteBuffer.allocate(2 * samples * format.channels());
      fill(channel, bytes);
      int read = bytes.flip().remaining() / 2 / format.channels();
      for (int i = 0; i < read * format.channels(); i++) {
        pcm[offset + i] = bytes.getShort();
      }
      int end = offset + read * format.channels();
      if (fault == Fault.READS_TOO_MUCH && end < pcm.length) {
        pcm[end] = 0;
      }
      return read == 0 ? MediaStatus.FINISHED : read;
    }

    @Override
    public void close() throws IOException {
      if (closed && fault == Fault.CLOSE_THROWS_TWICE) {
        throw new IOException("closed");
      }
      closed = true;
      channel.close();
    }
  }

  private final class Writer implements AudioFileWriter {
    private final SeekableByteChannel channel;
    private final AudioFormat format;
    private final ByteBuffer buffer;
    private boolean closed;

    Writer(SeekableByteChannel channel, AudioFormat format) {
      this.channel = channel;
      this.format = format;
      buffer = fault == Fault.SHARED_BUFFER ? shared.clear() : ByteBuffer.allocate(4_096);
      buffer.putInt(MAGIC).putInt(format.sampleRateHz()).put((byte) format.channels());
    }

    @Override
    public void write(short[] pcm, int offset, int samples) throws IOException {
      if (closed && fault != Fault.WORKS_AFTER_CLOSE) {
        throw new IOException("closed");
      }
      for (int i = offset; i < offset + samples * format.channels(); i++) {
        if (buffer.remaining() < 2) {
          flush();
        }
        buffer.putShort(pcm[i]);
        pcm[i] = fault == Fault.CHANGES_WHAT_IT_WRITES ? 0 : pcm[i];
      }
    }

    private void flush() throws IOException {
      buffer.flip();
      try {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      } catch (IOException full) {
        if (fault != Fault.HIDES_FULL_DISK) {
          throw full;
        }
      } finally {
        buffer.clear();
      }
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        try {
          flush();
        } finally {
          channel.close();
        }
      }
    }
  }
}
