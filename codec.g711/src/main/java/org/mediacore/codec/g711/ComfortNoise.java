package org.mediacore.codec.g711;

/**
 * Noise as it was described: Gaussian noise through a lattice filter, which stays stable while its
 * coefficients change. A new description is gone over to in about 40 ms, the first one at once. The
 * same on every run. One thread; nothing is allocated after construction.
 */
final class ComfortNoise {
  private static final int BLOCK = 40;

  /** How much of the way to what was described last is gone in a block of 5 ms. */
  private static final double SPEED = 0.25;

  private final double[] wanted = new double[NoiseDescription.MAX_ORDER];
  private final double[] reflections = new double[NoiseDescription.MAX_ORDER];
  private final double[] backward = new double[NoiseDescription.MAX_ORDER + 1];
  private double wantedRms;
  private double rms;
  private double excitation;
  private boolean fresh = true;
  private int left;
  private long random = 0x3389_3389_3389L;

  /** The next noise follows another signal: it starts as described, not from the noise before. */
  void restart() {
    fresh = true;
  }

  /** Takes over a description. */
  void describe(NoiseDescription noise) {
    wantedRms = noise.rms();
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = i < noise.order ? noise.reflections[i] : 0;
    }
    if (fresh) {
      fresh = false;
      rms = wantedRms;
      System.arraycopy(wanted, 0, reflections, 0, wanted.length);
      left = 0;
    }
  }

  /** Makes noise. */
  void fill(short[] pcm, int offset, int samples) {
    for (int i = offset; i < offset + samples; i++) {
      if (left == 0) {
        approach();
      }
      left--;
      double value = Math.rint(filtered(gaussian() * excitation));
      pcm[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }
  }

  private void approach() {
    left = BLOCK;
    rms += (wantedRms - rms) * SPEED;
    double gain = 1;
    for (int i = 0; i < wanted.length; i++) {
      reflections[i] += (wanted[i] - reflections[i]) * SPEED;
      gain *= 1 - reflections[i] * reflections[i];
    }
    excitation = rms * Math.sqrt(gain); // what the filter adds in power is taken away before
  }

  /** The all-pole lattice: 1 / A(z) by its reflection coefficients. */
  private double filtered(double in) {
    double forward = in;
    for (int i = reflections.length - 1; i >= 0; i--) {
      forward -= reflections[i] * backward[i];
      backward[i + 1] = backward[i] + reflections[i] * forward;
    }
    backward[0] = forward;
    return forward;
  }

  /** Nearly normal, variance 1: the sum of four even ones. */
  private double gaussian() {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    int sum = (short) random + (short) (random >> 16) + (short) (random >> 32);
    sum += (short) (random >> 48);
    return sum * (Math.sqrt(3.0 / 4) / 32_768);
  }
}
