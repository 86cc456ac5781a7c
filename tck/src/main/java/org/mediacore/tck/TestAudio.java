package org.mediacore.tck;

import org.mediacore.api.codec.AudioFormat;

/** Audio that is the same on every run: two tones that swell and fade, and a little noise. */
final class TestAudio {
  private TestAudio() {}

  /**
   * One frame out of an endless signal.
   *
   * @param seed which signal: another seed, other tones
   * @param index the number of the frame
   * @param samples samples per channel
   * @return interleaved samples
   */
  static short[] frame(AudioFormat format, int seed, int index, int samples) {
    short[] pcm = new short[samples * format.channels()];
    double low = 180 + 37 * (seed % 11);
    double high = 900 + 53 * (seed % 13);
    int noise = seed * 31 + index;
    for (int i = 0; i < samples; i++) {
      double t = ((double) index * samples + i) / format.sampleRateHz();
      double envelope = 0.6 + 0.4 * Math.sin(2 * Math.PI * 3 * t);
      for (int c = 0; c < format.channels(); c++) {
        noise = noise * 1_103_515_245 + 12_345;
        double tones =
            Math.sin(2 * Math.PI * (low + 20 * c) * t) + 0.5 * Math.sin(2 * Math.PI * high * t);
        pcm[i * format.channels() + c] = (short) (6_000 * envelope * tones + (noise >> 23));
      }
    }
    return pcm;
  }
}
