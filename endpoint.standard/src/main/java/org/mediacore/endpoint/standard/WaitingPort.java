package org.mediacore.endpoint.standard;

import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.session.AudioPort;

/**
 * What a caller is connected to who waits for another one: silence. The platform closes it when the
 * caller leaves or is connected to the other.
 */
final class WaitingPort implements AudioPort {
  private static final AudioFormat FORMAT = new AudioFormat(8_000, 1);

  private final String name;
  private final Runnable left;
  private volatile boolean closed;

  /**
   * @param left called when the session is done with this port
   */
  WaitingPort(String name, Runnable left) {
    this.name = name;
    this.left = left;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public String describe() {
    return "waiting in bridge " + name;
  }

  @Override
  public AudioFormat format() {
    return FORMAT;
  }

  @Override
  public int read(short[] pcm, int offset, int samples) {
    return 0;
  }

  @Override
  public void write(short[] pcm, int offset, int samples) {}

  @Override
  public void close() {
    closed = true;
    left.run();
  }
}
