package org.mediacore.example.g726;

import java.util.Arrays;

/**
 * The adaptive differential coding of ITU-T G.726 (12/1990) at 32 kbit/s, in the Recommendation's
 * integer arithmetic. Encoder and decoder run the same one: both know what was decoded so far,
 * predict the next sample from it, and only the error of the prediction goes over the wire, in 15
 * steps whose size follows the signal.
 *
 * <pre>
 *   sample --(-)--> quantize --+--> 4-bit code
 *             ^                v
 *             |            reconstruct --(+)--> decoded sample
 *             +---- prediction ----------'  (two poles, six zeros; all adapt)
 * </pre>
 *
 * <p>Comments name the sub-blocks of the Recommendation. Samples here have 14 bits.
 */
final class G726Adpcm {
  /** Bits of a code. */
  static final int CODE_BITS = 4;

  private static final int ZEROS = 6;
  private static final int SIGN_OF_CODE = 8;

  /** QUAN at 32 kbit/s: from which normalised log magnitude on which step is taken. */
  private static final int[] DECISION_LEVELS = {-124, 80, 178, 246, 300, 349, 400};

  /** RECONST at 32 kbit/s: the normalised log magnitude that a step stands for. */
  private static final int[] LOG_MAGNITUDE = {-2048, 4, 135, 213, 273, 323, 373, 425};

  /** FUNCTW: how a step drives the fast scale factor. */
  private static final int[] SCALE_WEIGHT = {-12, 18, 41, 64, 112, 198, 355, 1122};

  /** FUNCTF: how a step drives the measure of how fast the signal changes. */
  private static final int[] RATE_WEIGHT = {0, 0, 0, 0x200, 0x200, 0x200, 0x600, 0xE00};

  private static final int MIN_SCALE = 544;
  private static final int MAX_SCALE = 5_120;

  /** A float of FLOATA and FLOATB: four bits of exponent, six of mantissa; this one is zero. */
  private static final int ZERO_FLOAT = 32;

  // The predictor's coefficients, and the signals it works on as floats with their signs.
  private final int[] zeroCoefficients = new int[ZEROS];
  private final int[] differences = new int[ZEROS];
  private final boolean[] negativeDifferences = new boolean[ZEROS];
  private int firstPole;
  private int secondPole;
  private final int[] signals = {ZERO_FLOAT, ZERO_FLOAT};
  private final boolean[] negativeSignals = new boolean[2];
  private final boolean[] negativePartial = new boolean[2];

  // Scale factors, their mixture, and what decides on it.
  private int fastScale = MIN_SCALE;
  private int slowScale = MIN_SCALE << 6;
  private int shortTermRate;
  private int longTermRate;
  private int speed;
  private boolean tone;

  G726Adpcm() {
    Arrays.fill(differences, ZERO_FLOAT);
  }

  /** Codes a sample, and follows what the other side's decoder does with it. */
  int encode(short sample) {
    int zeroPart = zeroPart();
    int estimate = (zeroPart + polePart()) >> 1;
    int scale = scale();
    int code = quantize((sample >> 2) - estimate, scale);
    decode(code, zeroPart >> 1, estimate, scale);
    return code;
  }

  /** The sample of a code. */
  short decode(int code) {
    int zeroPart = zeroPart();
    int estimate = (zeroPart + polePart()) >> 1;
    int decoded = decode(code, zeroPart >> 1, estimate, scale()) << 2;
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, decoded));
  }

  private int decode(int code, int zeroEstimate, int estimate, int scale) {
    boolean negative = (code & SIGN_OF_CODE) != 0;
    int step = negative ? 15 - code : code;
    int magnitude = reconstruct(step, scale);
    int signal = estimate + (negative ? -(magnitude & 0x3FFF) : magnitude);
    boolean change = changeOfTone(magnitude);
    adaptScale(step, scale);
    adaptPredictor(magnitude, negative, signal - estimate + zeroEstimate, change);
    remember(magnitude, negative, signal);
    tone = !change && secondPole < -11_776; // TONE
    adaptSpeed(step, scale, change);
    return signal;
  }

  /** LOG, SUBTB, QUAN: the step of a difference. Zero has no step of its own: it is code 15. */
  private static int quantize(int difference, int scale) {
    int magnitude = Math.abs(difference);
    int exponent = bits(magnitude >> 1);
    int log = (exponent << 7) + (((magnitude << 7) >> exponent) & 0x7F);
    int normalised = log - (scale >> 2);
    int step = 0;
    while (step < DECISION_LEVELS.length && normalised >= DECISION_LEVELS[step]) {
      step++;
    }
    return difference < 0 || step == 0 ? 15 - step : step;
  }

  /** ADDA, ANTILOG: the magnitude that a step stands for at this scale. */
  private static int reconstruct(int step, int scale) {
    int log = LOG_MAGNITUDE[step] + (scale >> 2);
    return log < 0 ? 0 : ((128 + (log & 127)) << 7) >> (14 - ((log >> 7) & 15));
  }

  /** MIX: the fast scale factor for what changes, the slow one for what stays. */
  private int scale() {
    if (speed >= 256) {
      return fastScale;
    }
    int slow = slowScale >> 6;
    int product = (fastScale - slow) * (speed >> 2);
    return slow + (product < 0 ? (product + 63) >> 6 : product >> 6);
  }

  /** FILTD, LIMB, FILTE. */
  private void adaptScale(int step, int scale) {
    int wanted = scale + (((SCALE_WEIGHT[step] << 5) - scale) >> 5);
    fastScale = Math.max(MIN_SCALE, Math.min(MAX_SCALE, wanted));
    slowScale += fastScale + (-slowScale >> 6);
  }

  /** TRANS: a jump out of a tone, as when a modem changes its frequency. */
  private boolean changeOfTone(int magnitude) {
    int exponent = slowScale >> 15;
    int level = exponent > 9 ? 31 << 10 : (32 + ((slowScale >> 10) & 31)) << exponent;
    return tone && magnitude > (level + (level >> 1)) >> 1;
  }

  /** FILTA, FILTB, SUBTC, FILTC, TRIGA: speed goes to 2 where the signal changes, else to 0. */
  private void adaptSpeed(int step, int scale, boolean change) {
    shortTermRate += (RATE_WEIGHT[step] - shortTermRate) >> 5;
    longTermRate += ((RATE_WEIGHT[step] << 2) - longTermRate) >> 7;
    if (change) {
      speed = 256;
    } else if (scale < 1_536
        || tone
        || Math.abs((shortTermRate << 2) - longTermRate) >= longTermRate >> 3) {
      speed += (0x200 - speed) >> 4;
    } else {
      speed += -speed >> 4;
    }
  }

  /** UPA2, LIMC, UPA1, LIMD, UPB, TRIGB: a little towards less error, by signs alone. */
  private void adaptPredictor(int magnitude, boolean negative, int partial, boolean change) {
    boolean negativeNow = partial < 0;
    if (change) {
      firstPole = 0;
      secondPole = 0;
      Arrays.fill(zeroCoefficients, 0);
    } else {
      boolean unlikeLast = negativeNow != negativePartial[0];
      int second = secondPole - (secondPole >> 7);
      if (partial != 0) {
        int first = unlikeLast ? firstPole : -firstPole;
        second += first < -8_191 ? -256 : first > 8_191 ? 255 : first >> 5;
        second += negativeNow != negativePartial[1] ? -128 : 128;
      }
      secondPole = Math.max(-12_288, Math.min(12_288, second));
      int drift = partial == 0 ? 0 : unlikeLast ? -192 : 192;
      int limit = 15_360 - secondPole;
      firstPole = Math.max(-limit, Math.min(limit, firstPole - (firstPole >> 8) + drift));
      for (int i = 0; i < ZEROS; i++) {
        zeroCoefficients[i] -= zeroCoefficients[i] >> 8;
        if (magnitude != 0) {
          zeroCoefficients[i] += negative == negativeDifferences[i] ? 128 : -128;
        }
      }
    }
    negativePartial[1] = negativePartial[0];
    negativePartial[0] = negativeNow;
  }

  /** FLOATA, FLOATB: the newest difference and signal go in front. */
  private void remember(int magnitude, boolean negative, int signal) {
    for (int i = ZEROS - 1; i > 0; i--) {
      differences[i] = differences[i - 1];
      negativeDifferences[i] = negativeDifferences[i - 1];
    }
    differences[0] = toFloat(magnitude);
    negativeDifferences[0] = negative;
    signals[1] = signals[0];
    negativeSignals[1] = negativeSignals[0];
    signals[0] = toFloat(Math.abs(signal));
    negativeSignals[0] = signal < 0;
  }

  private int zeroPart() {
    int sum = 0;
    for (int i = 0; i < ZEROS; i++) {
      sum += product(zeroCoefficients[i] >> 2, differences[i], negativeDifferences[i]);
    }
    return sum;
  }

  private int polePart() {
    return product(firstPole >> 2, signals[0], negativeSignals[0])
        + product(secondPole >> 2, signals[1], negativeSignals[1]);
  }

  /** FMULT: a coefficient times a float. */
  private static int product(int coefficient, int value, boolean negative) {
    int magnitude = coefficient > 0 ? coefficient : -coefficient & 0x1FFF;
    int shift = bits(magnitude) - 6;
    int mantissa = magnitude == 0 ? 32 : shift >= 0 ? magnitude >> shift : magnitude << -shift;
    int exponent = shift + (value >> 6) - 13;
    int rounded = (mantissa * (value & 63) + 48) >> 4;
    int result = exponent >= 0 ? (rounded << exponent) & 0x7FFF : rounded >> -exponent;
    return coefficient < 0 != negative ? -result : result;
  }

  private static int toFloat(int magnitude) {
    if (magnitude == 0) {
      return ZERO_FLOAT;
    }
    int exponent = bits(magnitude);
    return (exponent << 6) + ((magnitude << 6) >> exponent);
  }

  /** Bits up to the highest one, 15 at most. */
  private static int bits(int value) {
    return Math.min(15, 32 - Integer.numberOfLeadingZeros(value));
  }
}
