package org.mediacore.dsp.measure;

import java.util.Arrays;
import org.mediacore.dsp.Resampler;

/**
 * The frequency response of a {@link Resampler}, measured through its own {@code process}.
 *
 * <p>With {@code L/M} the reduced ratio of the rates, a resampler is one linear filter at L times
 * the input rate, of which only every M-th output is computed. An impulse at input sample k brings
 * out its values at {@code n * M - k * L}; M impulses bring out all of them, and their Fourier
 * transform is the response: to every image that interpolation makes, and every frequency that
 * decimation would fold.
 *
 * @param stopBandDb the largest gain from the lower Nyquist frequency up to half the common rate,
 *     in dB; negative
 * @param rippleDb the largest deviation from a gain of one within the quality's pass band, in dB
 * @param delayUs group delay, in µs
 * @param asymmetryDb how far the response is from being symmetrical in time, hence from linear
 *     phase: the largest difference against the largest value, in dB; negative
 */
public record ResamplerResponse(
    double stopBandDb, double rippleDb, double delayUs, double asymmetryDb) {

  /** Frequencies that are looked at for every one that the response's length resolves. */
  private static final int OVERSAMPLING = 4;

  /**
   * Measures one.
   *
   * @param inRateHz sampling rate of the input
   * @param outRateHz sampling rate of the output, another than that of the input
   * @param quality the filter
   */
  public static ResamplerResponse of(int inRateHz, int outRateHz, Resampler.Quality quality) {
    int divisor = gcd(inRateHz, outRateHz);
    int up = outRateHz / divisor;
    int down = inRateHz / divisor;
    double[] impulse = impulseResponse(inRateHz, outRateHz, quality, up, down);
    double commonRateHz = (double) inRateHz * up;
    double nyquistHz = Math.min(inRateHz, outRateHz) / 2.0;

    double centroid = 0;
    double sum = 0;
    for (int i = 0; i < impulse.length; i++) {
      centroid += i * impulse[i];
      sum += impulse[i];
    }
    double delay = centroid / sum;

    int size = Integer.highestOneBit(OVERSAMPLING * impulse.length - 1) * 2;
    double[] re = Arrays.copyOf(impulse, size);
    double[] im = new double[size];
    Fft.transform(re, im);
    double ripple = 0;
    double stop = 0;
    for (int i = 0; i <= size / 2; i++) {
      double frequencyHz = i * commonRateHz / size;
      double gain = Math.hypot(re[i], im[i]) / up;
      if (frequencyHz <= nyquistHz * quality.passBand()) {
        ripple = Math.max(ripple, Math.abs(20 * Math.log10(gain)));
      } else if (frequencyHz >= nyquistHz) {
        stop = Math.max(stop, gain);
      }
    }
    return new ResamplerResponse(
        20 * Math.log10(stop),
        ripple,
        delay / commonRateHz * 1e6,
        asymmetryDb(impulse, (int) Math.round(delay)));
  }

  private static double[] impulseResponse(
      int inRateHz, int outRateHz, Resampler.Quality quality, int up, int down) {
    Resampler resampler = Resampler.create(inRateHz, outRateHz, 1, quality);
    int outSamples = 2 * resampler.delaySamples() + 2;
    int length = outSamples * down;
    int inSamples = (int) ((outSamples + 1L) * down / up) + down + 1;
    float[] in = new float[inSamples];
    float[] out = new float[resampler.maxOutputSamples(inSamples)];
    double[] impulse = new double[length];
    for (int k = 0; k < down; k++) {
      resampler.reset();
      in[k] = 1;
      int written = resampler.process(in, 0, inSamples, out, 0);
      in[k] = 0;
      for (int n = 0; n < written; n++) {
        long at = (long) n * down - (long) k * up;
        if (at >= 0 && at < length) {
          impulse[(int) at] = out[n];
        }
      }
    }
    return impulse;
  }

  private static double asymmetryDb(double[] impulse, int centre) {
    double most = 0;
    double peak = 0;
    for (int i = 0; i <= centre && centre + i < impulse.length; i++) {
      most = Math.max(most, Math.abs(impulse[centre - i] - impulse[centre + i]));
      peak = Math.max(peak, Math.abs(impulse[centre - i]));
    }
    return 20 * Math.log10(Math.max(most / peak, 1e-12));
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
