package org.mediacore.interop;

import java.util.function.IntPredicate;
import org.junit.jupiter.api.Assertions;
import org.mediacore.dsp.SpectralDistance;

/**
 * How far speech that lost bursts of frames is from the same speech without a loss, in the lost
 * frames alone. Both are mono at the same rate and begin with some silence.
 */
final class BurstDistance {
  /** Where speech begins, and what is loud enough to be judged; full scale is 1. */
  private static final double LOUD = 0.01;

  /** How much of what was heard before a burst tells where it is. */
  private static final int ALIGN_MS = 80;

  /** How far what is heard may drift from one burst to the next. */
  private static final int DRIFT_MS = 25;

  private static final int LEAST_WINDOWS = 10;

  private final int rateHz;
  private final short[] whole;
  private final short[] lossy;
  private final SpectralDistance distance = new SpectralDistance();

  BurstDistance(Recording whole, Recording lossy) {
    Assertions.assertEquals(whole.sampleRateHz(), lossy.sampleRateHz());
    rateHz = whole.sampleRateHz();
    this.whole = whole.pcm16();
    this.lossy = lossy.pcm16();
  }

  private static int onset(short[] pcm) {
    int at = 0;
    while (at < pcm.length && Math.abs(pcm[at] / 32_768.0) < LOUD) {
      at++;
    }
    return at;
  }

  /**
   * The mean over the loud parts of the lost frames.
   *
   * @param said what was encoded, at any rate
   * @param lost which of its frames were lost
   * @param burst how many at a time
   */
  double meanDb(Recording said, IntPredicate lost, int burst, int frameMs) {
    int saidOnsetMs = onset(said.pcm16()) * 1_000 / said.sampleRateHz();
    int start = onset(whole) - saidOnsetMs * rateHz / 1_000;
    int lag = onset(lossy) - onset(whole);
    double sum = 0;
    int windows = 0;
    long frames = said.length().toMillis() / frameMs;
    for (int frame = 0; frame + burst < frames; frame++) {
      if (!lost.test(frame) || frame > 0 && lost.test(frame - 1)) {
        continue;
      }
      int from = start + samples(frame * frameMs);
      lag = align(from, lag);
      // Half a window is left out: the codec's delay is not known.
      int first = from + SpectralDistance.WINDOW / 2;
      int end = from + samples(burst * frameMs);
      for (int at = first; at + SpectralDistance.WINDOW <= end; at += SpectralDistance.WINDOW) {
        if (isLoud(at) && at + lag + SpectralDistance.WINDOW <= lossy.length) {
          sum += distance.of(whole, at, lossy, at + lag);
          windows++;
        }
      }
    }
    Assertions.assertTrue(windows >= LEAST_WINDOWS, "only " + windows + " windows were loud");
    return sum / windows;
  }

  private int samples(int ms) {
    return ms * rateHz / 1_000;
  }

  private boolean isLoud(int from) {
    double energy = 0;
    for (int i = from; i < from + SpectralDistance.WINDOW; i++) {
      energy += Math.pow(whole[i] / 32_768.0, 2);
    }
    return Math.sqrt(energy / SpectralDistance.WINDOW) > LOUD;
  }

  /** By how much the lossy one is behind, from what was heard right before a burst. */
  private int align(int burst, int before) {
    int drift = samples(DRIFT_MS);
    int length = samples(ALIGN_MS);
    double best = 0;
    int lag = before;
    for (int candidate = before - drift; candidate <= before + drift; candidate++) {
      int from = burst - length;
      if (from + candidate < 0 || burst + candidate > lossy.length) {
        continue;
      }
      double product = 0;
      double energy = 1;
      for (int i = from; i < burst; i++) {
        product += (double) whole[i] * lossy[i + candidate];
        energy += (double) lossy[i + candidate] * lossy[i + candidate];
      }
      double likeness = product / Math.sqrt(energy);
      if (likeness > best) {
        best = likeness;
        lag = candidate;
      }
    }
    return lag;
  }
}
