package org.mediacore.codec.opus;

import java.nio.ByteBuffer;

/** A decoder of a library, without checks: {@link OpusAudioDecoder} has made them. */
interface DecoderCore {
  /**
   * Decodes a valid packet of at most {@link #MAX_PACKET_BYTES}; position and limit stay.
   *
   * @param samples samples per channel of the packet
   * @return samples per channel, or a negative status
   */
  int decode(ByteBuffer payload, int samples, short[] pcm, int offset);

  /**
   * Decodes what a valid packet holds for the frame before it (in-band redundancy).
   *
   * @param next as in {@link #decode}
   * @param frameSamples samples per channel of one frame of the packet
   * @param wanted how many of them to deliver, the last ones
   * @return {@code wanted}, or a negative status
   */
  int rebuild(ByteBuffer next, int frameSamples, int wanted, short[] pcm, int offset);

  /**
   * Fills in for lost audio.
   *
   * @param samples samples per channel, a multiple of 2.5 ms and at most 120 ms
   * @param wanted how many of them to deliver
   * @return {@code wanted}, or a negative status
   */
  int conceal(int samples, int wanted, short[] pcm, int offset);

  /**
   * Reads what a valid packet holds about audio before it (DRED), for {@link #restore}. Read again
   * with nothing decoded or rebuilt in between, the same content costs a comparison.
   *
   * @param next as in {@link #decode}
   * @return how far it reaches back, in samples per channel; 0 where it holds nothing, or none of
   *     that is made use of
   */
  int readRedundancy(ByteBuffer next);

  /**
   * Restores audio from what {@link #readRedundancy} has read.
   *
   * @param samplesBefore where it begins, before the packet that was read
   * @param samples samples per channel, a multiple of 2.5 ms and at most 120 ms
   * @return {@code samples}, or a negative status
   */
  int restore(int samplesBefore, int samples, short[] pcm, int offset);

  /** See {@link org.mediacore.api.codec.AudioDecoder#hurry}. */
  default void hurry(boolean hurried) {}

  /** State of the range coder behind the last packet, for conformance tests (RFC 6716 §6.1). */
  int finalRange();

  /** Frees everything; called once, and nothing is called afterwards. */
  void close();

  /** No UDP datagram is longer. */
  int MAX_PACKET_BYTES = 65_536;
}
