package org.mediacore.codec.opus;

/**
 * Functions of libopus that run per frame, mapped directly: arguments are numbers only, so a call
 * allocates nothing. Names are those of the library; addresses are {@code long}, which is the size
 * of a pointer on every platform that {@link NativePlatform} knows.
 */
final class LibOpus {
  private LibOpus() {}

  static native int opus_encoder_get_size(int channels);

  static native int opus_encoder_init(
      long encoder, int sampleRateHz, int channels, int application);

  static native int opus_encode(
      long encoder, long pcm, int samples, long payload, int maxPayloadBytes);

  static native int opus_decoder_get_size(int channels);

  static native int opus_decoder_init(long decoder, int sampleRateHz, int channels);

  static native int opus_decode(
      long decoder, long payload, int payloadBytes, long pcm, int samples, int redundancy);
}
