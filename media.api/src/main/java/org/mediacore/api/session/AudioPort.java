package org.mediacore.api.session;

import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A source and sink of decoded audio that a session is connected to, driven by the media loop's
 * tick. {@link #read} and {@link #write} run on the loop: they must not block, allocate, lock or
 * log. A port serves one session.
 */
@ConsumerType
public interface AudioPort extends MediaPeer, AutoCloseable {
  /** The audio this port takes and gives; the platform converts. Constant. */
  AudioFormat format();

  /**
   * Gives audio for the far end.
   *
   * @param pcm interleaved samples go here, from {@code offset} on; owned by the caller
   * @param samples wanted, per channel
   * @return samples given, the rest being silence; or {@link MediaStatus#FINISHED} when nothing
   *     will ever come again: the session's listener hears {@link SessionEvent.PeerFinished}. A
   *     port that only listens returns 0
   */
  int read(short[] pcm, int offset, int samples);

  /**
   * Takes audio that the far end sent, every tick, whether or not anything arrived.
   *
   * @param pcm interleaved samples, owned by the caller and valid during the call
   * @param samples samples per channel
   */
  void write(short[] pcm, int offset, int samples);

  /**
   * The session is done with this port; called once, off the loop, after the last read and write.
   */
  @Override
  void close();
}
