package org.mediacore.codec.opus;

/** What only some libraries can. */
enum LibraryFeature {
  /** Decoders have a complexity, and from 5 on conceal with a neural network. */
  DECODER_COMPLEXITY,
  /** Deep redundancy (DRED): audio of up to a second in front of a packet, coarsely. */
  DEEP_REDUNDANCY
}
