package org.mediacore.codec.g722;

/**
 * How much of an octet is audio: the modes of operation 1, 2 and 3 (G.722 clause 1.3). The encoder
 * is the same for all. In modes 2 and 3 the low one or two bits of the lower band's code belong to
 * a data channel, and the decoder leaves them alone. RTP carries mode 1 (RFC 3551 §4.5.2).
 */
enum Mode {
  /** Mode 1: all 8 bits. */
  KBPS_64(0),
  /** Mode 2: 7 bits. */
  KBPS_56(1),
  /** Mode 3: 6 bits. */
  KBPS_48(2);

  /** Low bits of an octet that are not audio. */
  final int droppedBits;

  Mode(int droppedBits) {
    this.droppedBits = droppedBits;
  }
}
