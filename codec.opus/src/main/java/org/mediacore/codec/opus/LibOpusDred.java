package org.mediacore.codec.opus;

/**
 * Deep redundancy (DRED) of libopus 1.5 and later, mapped as {@link LibOpus} and apart from it: a
 * library that was built without codes all the same.
 */
final class LibOpusDred {
  private LibOpusDred() {}

  static native int opus_dred_decoder_get_size();

  static native int opus_dred_decoder_init(long dredDecoder);

  /** 0 where the functions are there and do nothing. */
  static native int opus_dred_get_size();

  /**
   * Reads what a packet holds about audio before it.
   *
   * @param untilSamples address of an int that takes how much right before the packet is not
   *     covered; 0 where that is of no interest
   * @param defer 0: process it at once
   * @return samples per channel before the packet at which it begins; 0 where it holds nothing
   */
  static native int opus_dred_parse(
      long dredDecoder,
      long dred,
      long payload,
      int payloadBytes,
      int maxSamples,
      int sampleRateHz,
      long untilSamples,
      int defer);

  static native int opus_decoder_dred_decode(
      long decoder, long dred, int samplesBefore, long pcm, int samples);
}
