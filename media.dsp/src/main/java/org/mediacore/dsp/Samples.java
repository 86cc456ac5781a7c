package org.mediacore.dsp;

/**
 * Conversion of sample values between 16-bit, 24-bit and float arrays.
 *
 * <p>16-bit is {@code short}; 24-bit is an {@code int} of -8,388,608 to 8,388,607; float has its
 * full scale at 1.0, which is 32,768 or 8,388,608. To a wider format the value is exact, and comes
 * back exactly. To a narrower one it is rounded to the nearest value, halves up, and saturates; not
 * a number becomes 0. There is no dither: what is rounded is noise at -98 dBFS and below.
 *
 * <p>Stateless; any thread. Counts and offsets are array elements, whatever their channels.
 */
public final class Samples {
  private static final float SCALE_16 = 0x1p15f;
  private static final float SCALE_24 = 0x1p23f;
  private static final int MAX_24 = (1 << 23) - 1;
  private static final int MIN_24 = -(1 << 23);

  private Samples() {}

  /**
   * 16-bit to 24-bit: times 256.
   *
   * @param in read from {@code inOffset} on
   * @param out written from {@code outOffset} on
   * @param count how many
   */
  public static void widen(short[] in, int inOffset, int[] out, int outOffset, int count) {
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = in[inOffset + i] << 8;
    }
  }

  /**
   * 24-bit to 16-bit.
   *
   * @param in read from {@code inOffset} on; values beyond 24 bits saturate
   * @param out written from {@code outOffset} on
   * @param count how many
   */
  public static void narrow(int[] in, int inOffset, short[] out, int outOffset, int count) {
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = narrow(in[inOffset + i]);
    }
  }

  /**
   * 16-bit to float.
   *
   * @param in read from {@code inOffset} on
   * @param out written from {@code outOffset} on
   * @param count how many
   */
  public static void toFloat(short[] in, int inOffset, float[] out, int outOffset, int count) {
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = in[inOffset + i] * (1 / SCALE_16);
    }
  }

  /**
   * 24-bit to float.
   *
   * @param in read from {@code inOffset} on
   * @param out written from {@code outOffset} on
   * @param count how many
   */
  public static void toFloat(int[] in, int inOffset, float[] out, int outOffset, int count) {
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = in[inOffset + i] * (1 / SCALE_24);
    }
  }

  /**
   * Float to 16-bit.
   *
   * @param in read from {@code inOffset} on
   * @param out written from {@code outOffset} on
   * @param count how many
   */
  public static void fromFloat(float[] in, int inOffset, short[] out, int outOffset, int count) {
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = floatTo16(in[inOffset + i]);
    }
  }

  /**
   * Float to 24-bit.
   *
   * @param in read from {@code inOffset} on
   * @param out written from {@code outOffset} on
   * @param count how many
   */
  public static void fromFloat(float[] in, int inOffset, int[] out, int outOffset, int count) {
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = floatTo24(in[inOffset + i]);
    }
  }

  static short narrow(int value24) {
    int clipped = Math.max(MIN_24, Math.min(MAX_24, value24));
    return (short) Math.min(Short.MAX_VALUE, clipped + 128 >> 8);
  }

  static short floatTo16(float value) {
    // Doubles, since adding a half is not exact in floats; a cast of what is not a number is 0.
    double floor = Math.floor(value * (double) SCALE_16 + 0.5);
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, (int) floor));
  }

  static int floatTo24(float value) {
    double floor = Math.floor(value * (double) SCALE_24 + 0.5);
    return Math.max(MIN_24, Math.min(MAX_24, (int) floor));
  }

  /**
   * A float with its full scale at 32,768 to 16-bit. Adding 32768.5 makes the value positive, where
   * a cast is a floor.
   */
  static short toPcm16(float value) {
    int rounded = (int) (value + 32768.5f) - 32768;
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
  }
}
