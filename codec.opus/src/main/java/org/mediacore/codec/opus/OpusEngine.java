package org.mediacore.codec.opus;

import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioFormat;

/**
 * A library that codes Opus. Who has one holds it until {@link #release}; what it made goes on
 * working after that.
 */
interface OpusEngine {
  /** What it is, for logs. */
  String description();

  boolean has(LibraryFeature feature);

  /** Makes an encoder set up as planned, except for bit rate and the like, which are controls. */
  EncoderCore newEncoder(AudioFormat format, Application application) throws MediaSetupException;

  /** Makes a decoder; what of the plan the library does not have is left out. */
  DecoderCore newDecoder(DecoderPlan plan) throws MediaSetupException;

  /** Gives up the hold; called once. */
  void release();
}
