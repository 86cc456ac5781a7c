package org.mediacore.codec.ilbc;

import java.util.Random;

/** Something like speech: a gliding buzz through two resonances, hissing, and pauses. */
final class Speech {
  private Speech() {}

  static short[] make(int samples) {
    Random random = new Random(3951);
    short[] pcm = new short[samples];
    double phase = 0;
    double[] first = new double[2];
    double[] second = new double[2];
    for (int n = 0; n < samples; n++) {
      double pitchHz = 110 + 60 * Math.sin(2 * Math.PI * n / 9_000.0);
      phase += pitchHz / 8_000;
      double excitation = 12 * random.nextGaussian();
      if (phase >= 1) {
        phase -= 1;
        excitation += 2_500;
      }
      int part = n / 1_600 % 4;
      if (part == 2) {
        excitation = 250 * random.nextGaussian();
      }
      double loudness = part == 3 ? 0.01 : 1;
      double sound = resonate(first, loudness * excitation, 500 + 150 * Math.sin(n / 2_000.0));
      sound = resonate(second, sound, 1_500 + 400 * Math.sin(n / 3_100.0));
      pcm[n] = (short) Math.max(-32_000, Math.min(32_000, sound));
    }
    return pcm;
  }

  private static double resonate(double[] state, double in, double frequencyHz) {
    double out = in + 2 * 0.93 * Math.cos(2 * Math.PI * frequencyHz / 8_000) * state[0];
    out -= 0.93 * 0.93 * state[1];
    state[1] = state[0];
    state[0] = out;
    return out;
  }
}
