package org.mediacore.codec.ilbc;

/** Inner products; four sums at a time, for one sum would wait for itself at every step. */
final class Correlation {
  private Correlation() {}

  static float dot(float[] a, int atA, float[] b, int atB, int count) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int n = 0;
    for (; n + 3 < count; n += 4) {
      sum0 += a[atA + n] * b[atB + n];
      sum1 += a[atA + n + 1] * b[atB + n + 1];
      sum2 += a[atA + n + 2] * b[atB + n + 2];
      sum3 += a[atA + n + 3] * b[atB + n + 3];
    }
    for (; n < count; n++) {
      sum0 += a[atA + n] * b[atB + n];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  static float energy(float[] a, int at, int count) {
    return dot(a, at, a, at, count);
  }

  /** How much of {@code a} a multiple of {@code b} explains; 0 where they are opposed. */
  static float match(float[] a, int atA, float[] b, int atB, int count) {
    float cross = dot(a, atA, b, atB, count);
    return cross > 0 ? cross * cross / energy(b, atB, count) : 0;
  }
}
