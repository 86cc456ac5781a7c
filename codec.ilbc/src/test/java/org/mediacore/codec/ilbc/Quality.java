package org.mediacore.codec.ilbc;

/** How near decoded speech is to what was encoded. */
final class Quality {
  private static final int SEGMENT = 160;
  private static final float AUDIBLE_RMS = 30;

  private Quality() {}

  /** Signal to difference of two signals in dB. */
  static double snrDb(short[] wanted, short[] got, int count) {
    double signal = 0;
    double noise = 1e-9;
    for (int n = 0; n < count; n++) {
      double difference = wanted[n] - got[n];
      signal += (double) wanted[n] * wanted[n];
      noise += difference * difference;
    }
    return 10 * Math.log10(signal / noise);
  }

  /**
   * Mean of the signal to noise ratio of 20 ms segments in dB, each within -10 to 35, silent ones
   * left out. The input is passed through the codec's own high-pass filters first, for what they
   * turn in phase is no error of coding.
   */
  static double segmentalSnrDb(FrameMode mode, short[] input, short[] decoded) {
    return segmentalSnrDb(input, decoded, mode == FrameMode.MODE_20 ? 40 : 80);
  }

  /** As above, with what was decoded {@code delay} samples late. */
  static double segmentalSnrDb(short[] input, short[] decoded, int delay) {
    float[] filtered = new float[input.length];
    for (int n = 0; n < input.length; n++) {
      filtered[n] = input[n];
    }
    HighPass.ofEncoder().filter(filtered, 0, filtered.length);
    HighPass.ofDecoder().filter(filtered, 0, filtered.length);
    double sum = 0;
    int segments = 0;
    for (int at = 0; at + SEGMENT + delay <= decoded.length; at += SEGMENT) {
      double signal = 0;
      double noise = 1e-9;
      for (int n = at; n < at + SEGMENT; n++) {
        double difference = filtered[n] - decoded[n + delay];
        signal += (double) filtered[n] * filtered[n];
        noise += difference * difference;
      }
      if (Math.sqrt(signal / SEGMENT) > AUDIBLE_RMS) {
        sum += Math.max(-10, Math.min(35, 10 * Math.log10(signal / noise)));
        segments++;
      }
    }
    return sum / segments;
  }

  /** Encodes whole frames. */
  static byte[] encode(FrameMode mode, short[] pcm) {
    FrameEncoder encoder = new FrameEncoder(mode);
    int frames = pcm.length / mode.samples;
    byte[] data = new byte[frames * mode.bytes];
    for (int frame = 0; frame < frames; frame++) {
      encoder.encode(pcm, frame * mode.samples, data, frame * mode.bytes);
    }
    return data;
  }

  /** Decodes whole frames. */
  static short[] decode(FrameMode mode, byte[] data) {
    FrameDecoder decoder = new FrameDecoder(mode);
    int frames = data.length / mode.bytes;
    short[] pcm = new short[frames * mode.samples];
    for (int frame = 0; frame < frames; frame++) {
      decoder.decode(data, frame * mode.bytes, pcm, frame * mode.samples);
    }
    return pcm;
  }
}
