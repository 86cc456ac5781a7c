package org.mediacore.payload.mpeg4;

import java.util.Optional;

/**
 * A StreamMuxConfig (ISO/IEC 14496-3 §1.7.3) of the kind that is read here:
 *
 * <pre>
 * |0|1|subframes|0000 |000  |AudioSpecificConfig|000         |fullness|0     |0  |0..|
 *  | | 6 bits:   number number                   frameLength- 8 bits   other- CRC to a whole
 *  | | less one  of     of                       Type                  Data       byte
 *  | |           programs layers, less one
 *  | one time for all, audioMuxVersion
 * </pre>
 *
 * @param subframes how many access units an AudioMuxElement has, 1 to 64
 * @param audioConfig the AudioSpecificConfig, with zeros up to a whole byte
 */
record StreamMux(int subframes, byte[] audioConfig) {
  private static final int HEAD_BITS = 15;
  private static final int TAIL_BITS = 3 + 8 + 1 + 1;
  private static final int FULLNESS_VARIABLE_RATE = 0xFF;

  /**
   * Reads a configuration. One that ends behind the AudioSpecificConfig is taken as if zeros
   * followed: GStreamer writes no more.
   *
   * @return empty where it is of another kind or cut off
   */
  static Optional<StreamMux> read(byte[] octets) {
    Bits bits = new Bits(octets);
    boolean known = !bits.flag() && bits.flag();
    int subframes = 1 + bits.bits(6);
    known &= bits.bits(4) == 0 && bits.bits(3) == 0;
    int length = AudioConfig.lengthBits(bits);
    if (!known || length == AudioConfig.UNKNOWN) {
      return Optional.empty();
    }
    byte[] audioConfig = bits.copy(HEAD_BITS, HEAD_BITS + length);
    boolean usual = bits.bits(3) == 0;
    bits.skip(8);
    usual &= !bits.flag() && !bits.flag();
    return usual ? Optional.of(new StreamMux(subframes, audioConfig)) : Optional.empty();
  }

  /**
   * Writes the configuration of a stream of one access unit per AudioMuxElement.
   *
   * @param audioConfig an AudioSpecificConfig
   * @return empty where that is of a kind that this cannot say
   */
  static Optional<byte[]> write(byte[] audioConfig) {
    Bits bits = new Bits(audioConfig);
    int length = AudioConfig.lengthBits(bits);
    if (length == AudioConfig.UNKNOWN) {
      return Optional.empty();
    }
    byte[] octets = new byte[(HEAD_BITS + length + TAIL_BITS + 7) / 8];
    octets[0] = 0x40;
    bits.write(octets, HEAD_BITS, 0, length);
    new Bits(new byte[] {(byte) FULLNESS_VARIABLE_RATE})
        .write(octets, HEAD_BITS + length + 3, 0, 8);
    return Optional.of(octets);
  }
}
