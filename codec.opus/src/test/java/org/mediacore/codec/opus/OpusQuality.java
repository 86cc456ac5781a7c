package org.mediacore.codec.opus;

import java.util.Arrays;

/**
 * The measure by which RFC 6716 §6.1 judges a decoder: how far the masked spectra of two signals
 * are apart. 100 is identity; 0 or more is conforming. What a listener cannot hear because of
 * louder neighbours in frequency or time weighs less.
 */
final class OpusQuality {
  /** Band edges in bins of 100 Hz. */
  private static final int[] BANDS = {
    0, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 68, 80, 96, 120, 156, 200
  };

  private static final int BAND_COUNT = BANDS.length - 1;
  private static final int WINDOW = 480;
  private static final int STEP = 120;
  private static final int BINS = BANDS[BAND_COUNT];

  private OpusQuality() {}

  /**
   * Compares decoded audio with the reference.
   *
   * @param reference 48 kHz stereo
   * @param decoded at {@code rateHz} with {@code channels}, equally long in time; mono is compared
   *     with the mean of the reference's channels
   * @return quality in percent, at most 100
   */
  static double of(short[] reference, short[] decoded, int rateHz, int channels) {
    int ratio = 48_000 / rateHz;
    int length = reference.length / 2;
    if (decoded.length / channels != length / ratio) {
      throw new IllegalArgumentException("not equally long: " + length + ", " + decoded.length);
    }
    int bands = bandsAt(rateHz);
    int frames = (length - WINDOW + STEP) / STEP;
    double[][][] x = new double[channels][][];
    double[][][] y = new double[channels][][];
    double[][][] energy = new double[channels][frames][BAND_COUNT];
    for (int c = 0; c < channels; c++) {
      x[c] = spectra(channel(reference, c, channels), frames, 1);
      y[c] = spectra(pick(decoded, c, channels), frames, ratio);
      bandEnergies(x[c], energy[c]);
      spread(energy[c]);
    }
    if (channels == 2) {
      crossTalk(energy);
    }
    for (int c = 0; c < channels; c++) {
      mask(x[c], energy[c], bands);
      mask(y[c], energy[c], bands);
      smooth(x[c], BANDS[bands]);
      smooth(y[c], BANDS[bands]);
    }
    double error = error(x, y, bands, lastBin(rateHz, bands));
    return 100 * (1 - 0.5 * Math.log(1 + error) / Math.log(1.13));
  }

  private static int bandsAt(int rateHz) {
    return switch (rateHz) {
      case 8_000 -> 13;
      case 12_000 -> 15;
      case 16_000 -> 17;
      case 24_000 -> 19;
      default -> BAND_COUNT;
    };
  }

  /** Below 48 kHz the last 300 Hz are left to the transition of the resampler. */
  private static int lastBin(int rateHz, int bands) {
    return rateHz == 48_000 || rateHz == 12_000 ? BANDS[bands] : BANDS[bands] - 3;
  }

  private static double[] channel(short[] stereo, int channel, int channels) {
    if (channels == 2) {
      return pick(stereo, channel, 2);
    }
    double[] mono = new double[stereo.length / 2];
    Arrays.setAll(mono, i -> 0.5 * (stereo[2 * i] + stereo[2 * i + 1]));
    return mono;
  }

  private static double[] pick(short[] pcm, int channel, int channels) {
    double[] picked = new double[pcm.length / channels];
    Arrays.setAll(picked, i -> pcm[i * channels + channel]);
    return picked;
  }

  /** Power per frame and bin of 100 Hz, scaled to the window at 48 kHz, with a floor. */
  private static double[][] spectra(double[] signal, int frames, int ratio) {
    int window = WINDOW / ratio;
    int step = STEP / ratio;
    double[] shape = new double[window];
    Arrays.setAll(shape, i -> 0.5 - 0.5 * Math.cos(2 * Math.PI * i / (window - 1)));
    double[][] turn = turn(window);
    double[][] power = new double[frames][BINS];
    for (int f = 0; f < frames; f++) {
      double[] re = new double[window];
      for (int i = 0; i < window; i++) {
        re[i] = shape[i] * signal[f * step + i];
      }
      double[][] spectrum = fourier(re, new double[window], turn);
      for (int k = 0; k < Math.min(BINS, window / 2); k++) {
        double real = spectrum[0][k] * ratio;
        double imaginary = spectrum[1][k] * ratio;
        power[f][k] = real * real + imaginary * imaginary + 100_000;
      }
    }
    return power;
  }

  /**
   * Discrete Fourier transform of any length: halved while it is even, then by the sum.
   *
   * @param turn cosines and sines of one turn, for the whole length
   */
  private static double[][] fourier(double[] re, double[] im, double[][] turn) {
    int n = re.length;
    int pace = turn[0].length / n;
    double[][] out = new double[2][n];
    if (n % 2 != 0) {
      for (int k = 0; k < n; k++) {
        for (int i = 0; i < n; i++) {
          int at = i * k % n * pace;
          out[0][k] += re[i] * turn[0][at] + im[i] * turn[1][at];
          out[1][k] += im[i] * turn[0][at] - re[i] * turn[1][at];
        }
      }
      return out;
    }
    double[][] even = fourier(every(re, 0), every(im, 0), turn);
    double[][] odd = fourier(every(re, 1), every(im, 1), turn);
    for (int k = 0; k < n / 2; k++) {
      int at = k * pace;
      double real = odd[0][k] * turn[0][at] + odd[1][k] * turn[1][at];
      double imaginary = odd[1][k] * turn[0][at] - odd[0][k] * turn[1][at];
      out[0][k] = even[0][k] + real;
      out[1][k] = even[1][k] + imaginary;
      out[0][k + n / 2] = even[0][k] - real;
      out[1][k + n / 2] = even[1][k] - imaginary;
    }
    return out;
  }

  private static double[][] turn(int length) {
    double[][] turn = new double[2][length];
    Arrays.setAll(turn[0], i -> Math.cos(2 * Math.PI * i / length));
    Arrays.setAll(turn[1], i -> Math.sin(2 * Math.PI * i / length));
    return turn;
  }

  private static double[] every(double[] values, int first) {
    double[] picked = new double[values.length / 2];
    Arrays.setAll(picked, i -> values[2 * i + first]);
    return picked;
  }

  private static void bandEnergies(double[][] power, double[][] energy) {
    for (int f = 0; f < power.length; f++) {
      for (int b = 0; b < BAND_COUNT; b++) {
        double sum = 0;
        for (int k = BANDS[b]; k < BANDS[b + 1]; k++) {
          sum += power[f][k];
        }
        energy[f][b] = sum / (BANDS[b + 1] - BANDS[b]);
      }
    }
  }

  /** Masking: 10 dB per Bark upwards, 15 dB per Bark downwards, 3 dB per 2.5 ms in time. */
  private static void spread(double[][] energy) {
    for (int f = 0; f < energy.length; f++) {
      for (int b = 1; b < BAND_COUNT; b++) {
        energy[f][b] += 0.1 * energy[f][b - 1];
      }
      for (int b = BAND_COUNT - 2; b >= 0; b--) {
        energy[f][b] += 0.03 * energy[f][b + 1];
      }
      for (int b = 0; f > 0 && b < BAND_COUNT; b++) {
        energy[f][b] += 0.5 * energy[f - 1][b];
      }
    }
  }

  /** A little of one channel masks the other. */
  private static void crossTalk(double[][][] energy) {
    for (int f = 0; f < energy[0].length; f++) {
      for (int b = 0; b < BAND_COUNT; b++) {
        double left = energy[0][f][b];
        double right = energy[1][f][b];
        energy[0][f][b] += 0.01 * right;
        energy[1][f][b] += 0.01 * left;
      }
    }
  }

  private static void mask(double[][] power, double[][] energy, int bands) {
    for (int f = 0; f < power.length; f++) {
      for (int b = 0; b < bands; b++) {
        for (int k = BANDS[b]; k < BANDS[b + 1]; k++) {
          power[f][k] += 0.1 * energy[f][b];
        }
      }
    }
  }

  /** Adds the frame before to each frame. */
  private static void smooth(double[][] power, int bins) {
    for (int f = power.length - 1; f > 0; f--) {
      for (int k = 0; k < bins; k++) {
        power[f][k] += power[f - 1][k];
      }
    }
  }

  private static double error(double[][][] x, double[][][] y, int bands, int lastBin) {
    int frames = x[0].length;
    double total = 0;
    for (int f = 0; f < frames; f++) {
      double frame = 0;
      for (int b = 0; b < bands; b++) {
        double band = 0;
        for (int k = BANDS[b]; k < Math.min(BANDS[b + 1], lastBin); k++) {
          for (int c = 0; c < x.length; c++) {
            band += distance(x[c][f][k], y[c][f][k]) * crossOverWeight(k);
          }
        }
        band /= (BANDS[b + 1] - BANDS[b]) * x.length;
        frame += band * band;
      }
      frame /= BAND_COUNT;
      total += Math.pow(frame, 4);
    }
    return Math.pow(total / frames, 1.0 / 16);
  }

  /** Itakura-Saito distance. */
  private static double distance(double x, double y) {
    double ratio = y / x;
    return ratio - Math.log(ratio) - 1;
  }

  /** Around 8 kHz, where SILK and CELT meet, filters may differ. */
  private static double crossOverWeight(int bin) {
    if (bin == 80) {
      return 0.01;
    }
    return bin == 79 || bin == 81 ? 0.1 : 1;
  }
}
