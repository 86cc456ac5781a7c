package org.mediacore.codec.aac;

import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioEncoder;

/**
 * A library that encodes AAC. Who has one holds it until {@link #release}; what it made goes on
 * working after that.
 */
interface EncoderLibrary {
  /** What it is, for logs. */
  String description();

  /**
   * Makes an encoder.
   *
   * @param bitrateBps of all channels
   * @throws MediaSetupException where the library makes something else, or nothing, of this
   */
  AudioEncoder newEncoder(AacConfig config, int bitrateBps) throws MediaSetupException;

  /** Gives up the hold; called once. */
  void release();
}
