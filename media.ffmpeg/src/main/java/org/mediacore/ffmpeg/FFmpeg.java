package org.mediacore.ffmpeg;

import org.mediacore.api.MediaSetupException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The loaded FFmpeg, as a service: it is there once the libraries are, and never on a machine that
 * they are not for. Safe for use by several threads; what it opens belongs to the caller, and goes
 * on when the service goes.
 */
@ProviderType
public interface FFmpeg {
  /** Version and licence of the library, for logs, such as {@code libavcodec 62.28.100 (LGPL)}. */
  String description();

  /** Whether there is a decoder of this name, FFmpeg's own for it, such as {@code aac}. */
  boolean hasDecoder(String name);

  /** Whether there is an encoder of this name, such as {@code libvo_amrwbenc}. */
  boolean hasEncoder(String name);

  /**
   * Opens an audio decoder. May take milliseconds, so not on a media loop.
   *
   * @throws MediaSetupException with FFmpeg's reason; nothing is left open
   */
  FrameDecoder openDecoder(CodecSetup setup) throws MediaSetupException;

  /** Opens an audio encoder; as {@link #openDecoder}. */
  FrameEncoder openEncoder(CodecSetup setup) throws MediaSetupException;
}
