package org.mediacore.codec.g722;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the predictor leaves out of the Recommendation's arithmetic makes no difference. */
class PredictorTest {
  private static final int SAMPLES = 20_000;

  /** The blocks of clause 6.2.1.4 one by one, saturating after every step. */
  private static final class Plain {
    private final int[] a = new int[3];
    private final int[] b = new int[7];
    private final int[] d = new int[7];
    private final int[] p = new int[3];
    private final int[] r = new int[3];
    private int zeros;
    private int predicted;

    private static int s(int value) {
      return Math.max(-32_768, Math.min(32_767, value));
    }

    void update(int difference) {
      d[0] = difference;
      r[0] = s(predicted + difference); // RECONS
      p[0] = s(difference + zeros); // PARREC
      updatePoles();
      updateZeros();
      System.arraycopy(d.clone(), 0, d, 1, 6); // DELAYA
      System.arraycopy(r.clone(), 0, r, 1, 2);
      System.arraycopy(p.clone(), 0, p, 1, 2);
      int poles = s((a[1] * s(2 * r[1]) >> 15) + (a[2] * s(2 * r[2]) >> 15)); // FILTEP
      zeros = 0;
      for (int i = 6; i > 0; i--) {
        zeros = s(zeros + (b[i] * s(2 * d[i]) >> 15)); // FILTEZ
      }
      predicted = s(poles + zeros); // PREDIC
    }

    private void updatePoles() {
      boolean same1 = p[0] < 0 == p[1] < 0;
      boolean same2 = p[0] < 0 == p[2] < 0;
      int slope = s(4 * a[1]);
      int change = (same1 ? s(-slope) : slope) >> 7;
      int next2 = s(s((same2 ? 128 : -128) + change) + (a[2] * 32_512 >> 15)); // UPPOL2
      a[2] = Math.max(-12_288, Math.min(12_288, next2));
      int next1 = s((same1 ? 192 : -192) + (a[1] * 32_640 >> 15)); // UPPOL1
      int limit = s(15_360 - a[2]);
      a[1] = Math.max(-limit, Math.min(limit, next1));
    }

    private void updateZeros() {
      for (int i = 1; i <= 6; i++) { // UPZERO
        boolean same = d[0] < 0 == d[i] < 0;
        int change = d[0] == 0 ? 0 : same ? 128 : -128;
        b[i] = s(change + (b[i] * 32_640 >> 15));
      }
    }
  }

  /**
   * The same by blocks, as a decoder does it, in both bands at once: other differences in each, and
   * blocks of uneven length. Up to what doubling leaves in 16 bits, which is more than the
   * quantizers give.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 20, 400, 3_000, 9_000, 16_383})
  void blocksEqualThePlainArithmetic(int scale) {
    Random random = new Random(scale);
    ZeroSection low = new ZeroSection();
    ZeroSection high = new ZeroSection();
    PoleSections poles = new PoleSections();
    Plain plainLow = new Plain();
    Plain plainHigh = new Plain();
    int[] none = new int[Qmf.BLOCK];
    int[] lower = new int[Qmf.BLOCK];
    int[] higher = new int[Qmf.BLOCK];
    int[] expectedLow = new int[Qmf.BLOCK];
    int[] expectedHigh = new int[Qmf.BLOCK];
    int sample = 0;
    while (sample < SAMPLES) {
      int count = 1 + random.nextInt(Qmf.BLOCK);
      for (int i = 0; i < count; i++, sample++) {
        int sign = (sample / 500) % 3 == 0 ? 1 : random.nextBoolean() ? 1 : -1;
        int lowDifference = sign * random.nextInt(scale + 1);
        int highDifference = random.nextInt(2 * scale + 1) - scale;
        low.put(i, lowDifference);
        high.put(i, highDifference);
        expectedLow[i] = plainLow.predicted;
        expectedHigh[i] = plainHigh.predicted + highDifference;
        plainLow.update(lowDifference);
        plainHigh.update(highDifference);
      }
      low.filter(count);
      high.filter(count);
      poles.reconstruct(low, none, high, count, lower, higher);
      for (int i = 0; i < count; i++) {
        assertEquals(expectedLow[i], lower[i], "lower band, block before sample " + sample);
        assertEquals(expectedHigh[i], higher[i], "higher band, block before sample " + sample);
      }
    }
  }

  /** The scale of the differences: from none to far more than a quantizer gives. */
  @ParameterizedTest
  @ValueSource(ints = {1, 20, 400, 3_000, 9_000, 16_384, 32_767})
  void equalsThePlainArithmetic(int scale) {
    Random random = new Random(scale);
    Predictor predictor = new Predictor();
    Plain plain = new Plain();
    for (int i = 0; i < SAMPLES; i++) {
      // Steady signs for a while let coefficients grow to their limits.
      int sign = (i / 500) % 3 == 0 ? 1 : random.nextBoolean() ? 1 : -1;
      int difference = sign * random.nextInt(scale + 1);
      predictor.update(difference);
      plain.update(difference);
      assertEquals(plain.predicted, predictor.predicted(), "sample " + i);
    }
  }
}
