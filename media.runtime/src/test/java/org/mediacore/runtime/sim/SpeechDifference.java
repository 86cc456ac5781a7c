package org.mediacore.runtime.sim;

import java.util.Locale;
import org.mediacore.dsp.SpectralDistance;

/**
 * How much speech differs from a reference.
 *
 * <p>Segmental SNR: the mean over blocks of 20 ms of the reference's energy over the difference's,
 * each held within -10 and 35 dB (J. R. Deller et al., Discrete-Time Processing of Speech Signals,
 * 1993, §9.3.1), over blocks above -50 dBov. Log-spectral distance: {@link SpectralDistance} over
 * blocks of 256 samples of the same kind.
 *
 * @param changedPercent blocks of 20 ms, silent ones too, that are not equal bit by bit
 * @param segmentalSnrDb 35 for equal speech
 * @param spectralDistanceDb 0 for equal speech
 */
record SpeechDifference(double changedPercent, double segmentalSnrDb, double spectralDistanceDb) {
  private static final double MOST_SNR_DB = 35;
  private static final double LEAST_SNR_DB = -10;
  private static final double AUDIBLE = Math.pow(10, -50 / 10.0) * 32768.0 * 32768.0;

  /** Which samples count. */
  interface Where {
    boolean counts(int sample);
  }

  static SpeechDifference of(short[] reference, short[] heard, int sampleRateHz, Where where) {
    int length = Math.min(reference.length, heard.length);
    int block = sampleRateHz / 50;
    double snr = 0;
    int spoken = 0;
    int blocks = 0;
    int changed = 0;
    for (int at = 0; at + block <= length; at += block) {
      if (!where.counts(at)) {
        continue;
      }
      double error = 0;
      for (int i = at; i < at + block; i++) {
        error += Math.pow(reference[i] - heard[i], 2);
      }
      blocks++;
      changed += error > 0 ? 1 : 0;
      double energy = energy(reference, at, block);
      if (energy > AUDIBLE * block) {
        double blockSnr = error == 0 ? MOST_SNR_DB : 10 * Math.log10(energy / error);
        snr += Math.max(LEAST_SNR_DB, Math.min(MOST_SNR_DB, blockSnr));
        spoken++;
      }
    }
    return new SpeechDifference(
        100.0 * changed / blocks, snr / spoken, distance(reference, heard, length, where));
  }

  private static double distance(short[] reference, short[] heard, int length, Where where) {
    SpectralDistance distance = new SpectralDistance();
    int window = SpectralDistance.WINDOW;
    double sum = 0;
    int windows = 0;
    for (int at = 0; at + window <= length; at += window) {
      if (where.counts(at) && energy(reference, at, window) > AUDIBLE * window) {
        sum += distance.of(reference, at, heard, at);
        windows++;
      }
    }
    return sum / windows;
  }

  private static double energy(short[] pcm, int from, int samples) {
    double energy = 0;
    for (int i = from; i < from + samples; i++) {
      energy += (double) pcm[i] * pcm[i];
    }
    return energy;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.1f %% changed, segmental SNR %.1f dB, spectral distance %.2f dB",
        changedPercent,
        segmentalSnrDb,
        spectralDistanceDb);
  }
}
