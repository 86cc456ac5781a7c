package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.mediacore.dsp.companding.CompandingLaw;

class SampleFormatTest {

  private static short[] someShorts() {
    short[] some = new short[1000];
    Random random = new Random(4);
    for (int i = 0; i < some.length; i++) {
      some[i] = (short) random.nextInt();
    }
    some[1] = Short.MIN_VALUE;
    some[2] = Short.MAX_VALUE;
    return some;
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"A_LAW", "MU_LAW"})
  void samplesComeBackExactlyFromEveryLinearFormat(SampleFormat format) {
    short[] in = someShorts();
    byte[] bytes = new byte[5 + in.length * format.bytesPerSample()];
    short[] out = new short[in.length];
    format.encode(in, 0, bytes, 5, in.length);
    format.decode(bytes, 5, out, 0, in.length);
    assertArrayEquals(in, out);
    float[] floats = new float[in.length];
    byte[] again = new byte[bytes.length];
    format.decode(bytes, 5, floats, 0, in.length);
    format.encode(floats, 0, again, 5, in.length);
    assertArrayEquals(bytes, again);
    assertEquals(in[7] / 32768f, floats[7]);
  }

  @ParameterizedTest
  @EnumSource(names = {"S16_LE", "S16_BE", "S24_LE", "S24_BE"})
  void linearBytesStandInTheirOrder(SampleFormat format) {
    short[] in = {0x1234, -2};
    byte[] bytes = new byte[2 * format.bytesPerSample()];
    format.encode(in, 0, bytes, 0, 2);
    boolean big = format.name().endsWith("BE");
    int last = format.bytesPerSample() - 1;
    assertEquals(0x12, bytes[big ? 0 : last]);
    assertEquals(0x34, bytes[big ? 1 : last - 1]);
    assertEquals(-1, bytes[format.bytesPerSample() + (big ? 0 : last)]);
    assertEquals(-2, bytes[format.bytesPerSample() + (big ? 1 : last - 1)]);
  }

  @Test
  void floatsAreIeee754InBothOrders() {
    float[] in = {0.25f, -1.5f, Float.NaN};
    byte[] bytes = new byte[12];
    float[] out = new float[3];
    for (SampleFormat format : new SampleFormat[] {SampleFormat.F32_LE, SampleFormat.F32_BE}) {
      format.encode(in, 0, bytes, 0, 3);
      ByteOrder order =
          format == SampleFormat.F32_LE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      assertEquals(-1.5f, ByteBuffer.wrap(bytes).order(order).getFloat(4));
      format.decode(bytes, 0, out, 0, 3);
      assertArrayEquals(in, out);
      short[] shorts = new short[3];
      format.decode(bytes, 0, shorts, 0, 3);
      assertArrayEquals(new short[] {8192, -32768, 0}, shorts);
    }
  }

  @Test
  void twentyFourBitsAreRoundedAndSaturated() {
    byte[] bytes = {0x7F, 0, 0, (byte) 0x80, 0, 0, (byte) 0xFF, (byte) 0xFF, 0x7F, 0, 0, -128};
    short[] out = new short[4];
    SampleFormat.S24_LE.decode(bytes, 0, out, 0, 4);
    assertArrayEquals(new short[] {0, 1, 32767, -32768}, out);
    float[] loud = {2f, -2f, 0x1p-23f};
    float[] back = new float[3];
    SampleFormat.S24_BE.encode(loud, 0, bytes, 0, 3);
    SampleFormat.S24_BE.decode(bytes, 0, back, 0, 3);
    assertArrayEquals(new float[] {1 - 0x1p-23f, -1f, 0x1p-23f}, back);
  }

  @ParameterizedTest
  @CsvSource({"A_LAW", "MU_LAW"})
  void compandedFormatsAreThoseOfTheLaw(SampleFormat format) {
    CompandingLaw law = CompandingLaw.valueOf(format.name());
    short[] in = someShorts();
    byte[] expected = new byte[in.length];
    byte[] bytes = new byte[in.length];
    law.encode(in, 0, expected, 0, in.length);
    format.encode(in, 0, bytes, 0, in.length);
    assertArrayEquals(expected, bytes);
    short[] shorts = new short[in.length];
    float[] floats = new float[in.length];
    format.decode(bytes, 0, shorts, 0, in.length);
    format.decode(bytes, 0, floats, 0, in.length);
    assertEquals(shorts[3] / 32768f, floats[3]);
    byte[] again = new byte[in.length];
    format.encode(floats, 0, again, 0, in.length);
    assertArrayEquals(bytes, again);
  }
}
