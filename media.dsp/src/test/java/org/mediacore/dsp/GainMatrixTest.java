package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GainMatrixTest {

  @Test
  void swapAndAverageAreExact() {
    GainMatrix matrix = GainMatrix.of(new double[][] {{0, 1}, {1, 0}, {0.5, 0.5}});
    short[] in = {7, 1, 2, -32768, 32767, -3, -4};
    short[] out = new short[9];
    matrix.apply(in, 1, out, 0, 3);
    assertArrayEquals(new short[] {2, 1, 2, 32767, -32768, 0, -4, -3, -3}, out);
  }

  @Test
  void averageIsThatOfChannels() {
    GainMatrix matrix = GainMatrix.of(new double[][] {{0.5, 0.5}});
    short[] in = new short[20000];
    Random random = new Random(2);
    for (int i = 0; i < in.length; i++) {
      in[i] = (short) random.nextInt();
    }
    short[] expected = new short[in.length / 2];
    short[] out = new short[in.length / 2];
    Channels.stereoToMono(in, 0, expected, 0, expected.length);
    matrix.apply(in, 0, out, 0, out.length);
    assertArrayEquals(expected, out);
  }

  /** Surround to stereo by ITU-R BS.775-4, table 2: front, 0.7071 centre, 0.7071 surround. */
  @Test
  void normalisedGainsKeepTheirProportionsAndNeverClip() {
    double g = Math.sqrt(0.5);
    GainMatrix matrix = GainMatrix.normalised(new double[][] {{1, 0, g, g, 0}, {0, 1, g, 0, g}});
    assertEquals(1 / (1 + 2 * g), matrix.gain(0, 0), 1.0 / 32768);
    assertEquals(g, matrix.gain(0, 2) / matrix.gain(0, 0), 1e-4);
    short[] loud = {32767, 32767, 32767, 32767, 32767, -32768, -32768, -32768, -32768, -32768};
    short[] out = new short[4];
    matrix.apply(loud, 0, out, 0, 2);
    for (int i = 0; i < 4; i++) {
      assertEquals(i < 2 ? 32767 : -32768, out[i], 2);
    }
  }

  @Test
  void anyMatrixIsWithinHalfAStepOfTheExactSumAndNeverWraps() {
    Random random = new Random(8);
    for (int round = 0; round < 200; round++) {
      int channels = 1 + random.nextInt(8);
      double[][] rows = new double[1 + random.nextInt(8)][channels];
      for (double[] row : rows) {
        for (int i = 0; i < channels; i++) {
          row[i] = random.nextDouble(-1, 1);
        }
      }
      GainMatrix matrix = GainMatrix.normalised(rows);
      short[] in = new short[channels * 50];
      float[] floats = new float[in.length];
      for (int i = 0; i < in.length; i++) {
        in[i] = random.nextBoolean() ? Short.MAX_VALUE : Short.MIN_VALUE;
        floats[i] = in[i];
      }
      short[] out = new short[rows.length * 50];
      float[] floatOut = new float[out.length];
      matrix.apply(in, 0, out, 0, 50);
      matrix.apply(floats, 0, floatOut, 0, 50);
      for (int i = 0; i < out.length; i++) {
        double exact = 0;
        for (int c = 0; c < channels; c++) {
          exact += matrix.gain(i % rows.length, c) * in[i / rows.length * channels + c];
        }
        assertEquals(Math.min(32767, exact), out[i], 0.5001, "round " + round);
        assertEquals(exact, floatOut[i], 0.01);
      }
    }
  }

  @Test
  void gainsThatCanClipAndWrongShapesAreRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> GainMatrix.of(new double[][] {{0.7, 0.7}}));
    assertTrue(refused.getMessage().contains("1.4"), refused.getMessage());
    double[][][] wrong = {{}, {{}}, {{1}, {0.5, 0.5}}, {{Double.NaN}}, {{Double.MAX_VALUE * 2}}};
    for (double[][] rows : wrong) {
      assertThrows(IllegalArgumentException.class, () -> GainMatrix.normalised(rows));
    }
  }
}
