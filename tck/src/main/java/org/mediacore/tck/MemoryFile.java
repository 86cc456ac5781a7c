package org.mediacore.tck;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * A file in memory: hands out and takes as few bytes at a time as it is told, and is full at a
 * chosen size. Its content stays readable when it is closed.
 */
public final class MemoryFile implements SeekableByteChannel {
  private byte[] content;
  private int size;
  private int position;
  private int bytesAtATime = Integer.MAX_VALUE;
  private int capacity = Integer.MAX_VALUE;
  private boolean open = true;

  /** An empty file. */
  public MemoryFile() {
    this(new byte[0]);
  }

  /** A file with a copy of this content, at its start. */
  public MemoryFile(byte[] content) {
    this.content = content.clone();
    size = content.length;
  }

  /** Reads and writes move at most so many bytes from now on. */
  public MemoryFile bytesAtATime(int value) {
    bytesAtATime = value;
    return this;
  }

  /** Writing behind so many bytes fails from now on, as on a full disk. */
  public MemoryFile capacity(int value) {
    capacity = value;
    return this;
  }

  /** A copy of what the file holds. */
  public byte[] bytes() {
    return Arrays.copyOf(content, size);
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    requireOpen();
    if (position >= size) {
      return -1;
    }
    int count = Math.min(Math.min(to.remaining(), bytesAtATime), size - position);
    to.put(content, position, count);
    position += count;
    return count;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    requireOpen();
    int count = Math.min(Math.min(from.remaining(), bytesAtATime), capacity - position);
    if (count <= 0 && from.hasRemaining()) {
      throw new IOException("No space left on device");
    }
    int end = position + count;
    if (end > content.length) {
      content = Arrays.copyOf(content, Math.max(end, 2 * content.length));
    }
    from.get(content, position, count);
    position = end;
    size = Math.max(size, end);
    return count;
  }

  @Override
  public long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long value) throws IOException {
    requireOpen();
    position = (int) Math.min(value, Integer.MAX_VALUE);
    return this;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return size;
  }

  @Override
  public SeekableByteChannel truncate(long length) throws IOException {
    requireOpen();
    size = (int) Math.min(size, length);
    position = Math.min(position, size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }

  private void requireOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }
}
