package org.mediacore.interop;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Judges how much of a recording is one tone. Windows of 20 ms, one every 5 ms, are each fitted
 * with {@code a·sin + b·cos} of the tone's frequency by least squares, which unlike a plain
 * Goertzel filter is exact for any frequency; the fitted part of the energy is the tone's share.
 *
 * <p>Tones of {@code 25 + 50·n} Hz suit it best: over 20 ms they are orthogonal to one another, and
 * one lost frame of 20 ms that was closed up, which leaves no gap, turns their phase by half a
 * cycle.
 */
final class ToneJudge {
  private static final int WINDOW_MS = 20;
  private static final int HOP_MS = 5;

  /** A window that is half tone and half silence has a share of 0.5. */
  private static final double PRESENT_SHARE = 0.8;

  private static final double PRESENT_LEVEL_DB = -9;
  private static final double AUDIBLE = 1e-3;
  private static final double PHASE_STEP = Math.PI / 4;

  private ToneJudge() {}

  /**
   * What was found of one tone.
   *
   * @param share the tone's share of the energy between its first and its last window, 0 to 1
   * @param levelDbfs the median level of the tone in that part
   * @param lengthMs from the start of the first to the end of the last window with the tone
   * @param gaps interruptions: runs of windows in that part whose share falls below 0.8 or whose
   *     level falls 9 dB below the median
   * @param gapMs how long the longest gap is, within 5 ms
   * @param phaseBreaks how often the phase steps by more than 45°: a frame was left out
   */
  record Verdict(
      double share, double levelDbfs, int lengthMs, int gaps, int gapMs, int phaseBreaks) {}

  /** One fitted window: energy of the tone, of everything, and the tone's phase. */
  private record Fit(double tone, double total, double phase) {
    double share() {
      return total <= 0 ? 0 : tone / total;
    }
  }

  /**
   * Judges a tone that should be alone.
   *
   * @param recording what was heard
   * @param frequencyHz the tone
   */
  static Verdict judge(Recording recording, double frequencyHz) {
    return judge(recording, frequencyHz, PRESENT_SHARE);
  }

  /**
   * Judges a tone that may stand beside others.
   *
   * @param presentShare the share from which a window counts as having the tone
   */
  static Verdict judge(Recording recording, double frequencyHz, double presentShare) {
    Fit[] fits = fits(recording, frequencyHz);
    int samples = WINDOW_MS * recording.sampleRateHz() / 1000;
    double audible = AUDIBLE * AUDIBLE / 2 * samples;
    int first = -1;
    int last = -1;
    for (int i = 0; i < fits.length; i++) {
      if (fits[i].share() >= presentShare && fits[i].tone() > audible) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    if (first < 0) {
      return new Verdict(share(fits, 0, fits.length), -200, 0, 0, 0, 0);
    }
    Fit[] part = Arrays.copyOfRange(fits, first, last + 1);
    double[] energies = Arrays.stream(part).mapToDouble(Fit::tone).sorted().toArray();
    double median = energies[energies.length / 2];
    double least = median * Math.pow(10, PRESENT_LEVEL_DB / 10);
    int gaps = 0;
    int run = 0;
    int longest = 0;
    for (Fit fit : part) {
      boolean present = fit.share() >= presentShare && fit.tone() >= least;
      run = present ? 0 : run + 1;
      gaps += run == 1 ? 1 : 0;
      longest = Math.max(longest, run);
    }
    return new Verdict(
        share(part, 0, part.length),
        10 * Math.log10(median / samples),
        (part.length - 1) * HOP_MS + WINDOW_MS,
        gaps,
        longest * HOP_MS,
        phaseBreaks(part, frequencyHz, median / 4));
  }

  /**
   * The tone's share of the energy of the whole recording: for a tone that should not be heard.
   *
   * @return 0 to 1; 0 for silence
   */
  static double share(Recording recording, double frequencyHz) {
    Fit[] fits = fits(recording, frequencyHz);
    return share(fits, 0, fits.length);
  }

  private static double share(Fit[] fits, int from, int to) {
    double tone = 0;
    double total = 0;
    for (int i = from; i < to; i++) {
      tone += fits[i].tone();
      total += fits[i].total();
    }
    return total <= 0 ? 0 : tone / total;
  }

  /** Compares each window with the one that follows it without overlap. */
  private static int phaseBreaks(Fit[] fits, double frequencyHz, double leastEnergy) {
    int hops = WINDOW_MS / HOP_MS;
    double advance = 2 * Math.PI * frequencyHz * WINDOW_MS / 1000;
    int breaks = 0;
    int lastBreak = -hops - 1;
    for (int i = 0; i + hops < fits.length; i++) {
      if (fits[i].tone() < leastEnergy || fits[i + hops].tone() < leastEnergy) {
        continue;
      }
      double error =
          Math.IEEEremainder(fits[i + hops].phase() - fits[i].phase() - advance, 2 * Math.PI);
      if (Math.abs(error) > PHASE_STEP) {
        breaks += i - lastBreak > hops ? 1 : 0;
        lastBreak = i;
      }
    }
    return breaks;
  }

  private static Fit[] fits(Recording recording, double frequencyHz) {
    int window = WINDOW_MS * recording.sampleRateHz() / 1000;
    int hop = HOP_MS * recording.sampleRateHz() / 1000;
    int rest = recording.pcm().length - window;
    Fit[] fits = new Fit[rest < 0 ? 0 : rest / hop + 1];
    double omega = 2 * Math.PI * frequencyHz / recording.sampleRateHz();
    double[] sin = IntStream.range(0, window).mapToDouble(n -> Math.sin(omega * n)).toArray();
    double[] cos = IntStream.range(0, window).mapToDouble(n -> Math.cos(omega * n)).toArray();
    for (int i = 0; i < fits.length; i++) {
      fits[i] = fit(recording.pcm(), i * hop, sin, cos);
    }
    return fits;
  }

  /** Solves the normal equations of {@code x ≈ a·sin(ωn) + b·cos(ωn)} for one window. */
  private static Fit fit(double[] pcm, int from, double[] sin, double[] cos) {
    double ss = 0;
    double cc = 0;
    double sc = 0;
    double xs = 0;
    double xc = 0;
    double xx = 0;
    for (int n = 0; n < sin.length; n++) {
      double x = pcm[from + n];
      ss += sin[n] * sin[n];
      cc += cos[n] * cos[n];
      sc += sin[n] * cos[n];
      xs += x * sin[n];
      xc += x * cos[n];
      xx += x * x;
    }
    double determinant = ss * cc - sc * sc;
    double a = (xs * cc - xc * sc) / determinant;
    double b = (xc * ss - xs * sc) / determinant;
    return new Fit(a * xs + b * xc, xx, Math.atan2(b, a));
  }
}
