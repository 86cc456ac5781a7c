package org.mediacore.codec.ilbc;

import static org.mediacore.codec.ilbc.LinearFilter.ROW;

import java.util.Arrays;

/**
 * Makes up the residual of a lost frame (RFC 3951 §4.5.2): the last good residual goes on with its
 * pitch, mixed with noise cut out of it the less periodic it was, and fades when losses go on. The
 * predictor stays that of the last sub-block.
 */
final class Concealment {
  private static final int CORRELATED_SAMPLES = 60;
  private static final int LAG_SLACK = 3;
  private static final int SHORTEST_REPEAT = 80;

  /** Above and below these periodicities only pitch and only noise are used. */
  private static final float VOICED = 0.7f;

  private static final float UNVOICED = 0.4f;

  /** RMS below which noise does; so quiet a tone would only be heard as a whistle. */
  private static final float QUIET_RMS = 30;

  /** Far beyond the end of fading. */
  private static final int MANY = 1_000;

  private static final int NOISE_LAG_MIN = 50;
  private static final int NOISE_LAGS = 70;

  private final int samples;
  private final float[] lastResidual;
  private final float[] noise;
  private final float[] made;
  private final float[] lastPredictor = new float[ROW];
  private int lostInARow;
  private int lag;
  private float periodicity;
  private int seed;

  Concealment(FrameMode mode) {
    samples = mode.samples;
    lastResidual = new float[samples];
    noise = new float[samples];
    made = new float[samples];
    reset();
  }

  void reset() {
    Arrays.fill(lastResidual, 0);
    Arrays.fill(lastPredictor, 0);
    lastPredictor[0] = 1;
    lostInARow = 0;
    lag = 120;
    periodicity = 0;
    seed = 777;
  }

  /** Remembers a frame that was received. */
  void received(float[] residual, float[] predictors, int lastRow) {
    System.arraycopy(residual, 0, lastResidual, 0, samples);
    System.arraycopy(predictors, lastRow, lastPredictor, 0, ROW);
    lostInARow = 0;
  }

  /** The predictor that goes with what {@link #conceal} makes. */
  float[] predictor() {
    return lastPredictor;
  }

  /**
   * Makes a residual for a frame that is missing.
   *
   * @param pitchLag what the enhancer found last
   */
  void conceal(int pitchLag, float[] residual) {
    lostInARow = Math.min(lostInARow + 1, MANY);
    if (lostInARow == 1) {
      findPitch(pitchLag);
    }
    float gain = fadeOf(lostInARow * samples);
    float energy = mix(gain, pitchShare());
    boolean quiet = Math.sqrt(energy / samples) < QUIET_RMS;
    for (int n = 0; n < samples; n++) {
      residual[n] = quiet ? gain * noise[n] : made[n];
    }
    System.arraycopy(residual, 0, lastResidual, 0, samples);
  }

  /** Looks for the best lag around the one that the enhancer found. */
  private void findPitch(int around) {
    float best = -1;
    for (int candidate = around - LAG_SLACK; candidate <= around + LAG_SLACK; candidate++) {
      int count = Math.min(CORRELATED_SAMPLES, samples - candidate);
      int now = samples - count;
      float cross = Correlation.dot(lastResidual, now, lastResidual, now - candidate, count);
      float before = Correlation.energy(lastResidual, now - candidate, count);
      float match = before > 0 ? cross * cross / before : 0;
      if (match > best) {
        best = match;
        lag = candidate;
        float both = before * Correlation.energy(lastResidual, now, count);
        periodicity = both > 0 ? (float) (Math.abs(cross) / Math.sqrt(both)) : 0;
      }
    }
  }

  private float pitchShare() {
    float voicing = (float) Math.sqrt(periodicity);
    return Math.min(1, Math.max(0, (voicing - UNVOICED) / (VOICED - UNVOICED)));
  }

  /**
   * Gain after so many samples without a frame; it multiplies from frame to frame. The first 40 ms
   * are as loud as before, the RFC's steps follow, and after 160 ms there is silence.
   */
  private static float fadeOf(int lostSamples) {
    if (lostSamples <= 320) {
      return 1;
    }
    return lostSamples <= 640 ? 0.9f : lostSamples <= 960 ? 0.7f : lostSamples <= 1280 ? 0.5f : 0;
  }

  /** Mixes pitch and noise, decreasing within the frame. Returns the energy of the mix. */
  private float mix(float gain, float pitchShare) {
    int repeat = lag < SHORTEST_REPEAT ? 2 * lag : lag;
    float energy = 0;
    for (int n = 0; n < samples; n++) {
      seed = seed * 69069 + 1 & 0x7FFFFFFF;
      noise[n] = goOn(noise, n - NOISE_LAG_MIN - seed % NOISE_LAGS);
      float pitch = goOn(made, n - repeat);
      float step = n < 80 ? 1 : n < 160 ? 0.95f : 0.9f;
      made[n] = step * gain * (pitchShare * pitch + (1 - pitchShare) * noise[n]);
      energy += made[n] * made[n];
    }
    return energy;
  }

  /** A sample of what goes on behind the last residual. */
  private float goOn(float[] newer, int at) {
    return at < 0 ? lastResidual[samples + at] : newer[at];
  }
}
