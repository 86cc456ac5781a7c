package org.mediacore.codec.g711;

/**
 * Fills in for lost audio at 8 kHz in the manner of ITU-T G.711 Appendix I, without its delay: the
 * last pitch period is repeated, after 10 ms the last two, after 20 ms the last three; periods meet
 * in an overlap of a quarter period; it fades, and after {@value #SILENT_AFTER_MS} ms there is
 * silence; when audio returns, the repetition goes on under it for a while.
 *
 * <p>What differs from Appendix I, each by measure (see the README):
 *
 * <ul>
 *   <li>Appendix I holds 3.75 ms back, to lead the last good samples over into the repetition. Here
 *       these were played already: their linear prediction rings on, and the repetition fades in
 *       over it.
 *   <li>The pitch is judged by the last 10 ms, not 20, from 2.5 ms on, not 5.
 *   <li>Where the voice was getting softer, the repetition goes on doing so for 10 ms.
 *   <li>The fade begins at once, not after 10 ms.
 *   <li>The overlap with returning audio grows by 2 ms per 10 ms that were lost, not by 4.
 * </ul>
 *
 * <p>All that was played goes through {@link #good} or {@link #conceal}, in playing order and in
 * pieces of any length. State: the last 49 ms played. One thread; nothing is allocated after
 * construction.
 */
final class LossConcealer {
  static final int SILENT_AFTER_MS = 60;
  private static final int SAMPLES_PER_MS = 8;
  private static final int STEP = 10 * SAMPLES_PER_MS;
  private static final int SILENT_AFTER = SILENT_AFTER_MS * SAMPLES_PER_MS;

  /** Periods that are repeated in the end. */
  private static final int MOST_PERIODS = 3;

  private static final int MAX_OVERLAP = PitchPeriod.MAX / 4;
  private static final int HISTORY = MOST_PERIODS * PitchPeriod.MAX + MAX_OVERLAP;

  /** How long a voice that was getting softer goes on doing so. */
  private static final int SOFTENS = STEP;

  private static final int RETURN_STEP = 2 * SAMPLES_PER_MS;
  private static final int MAX_RETURN = 10 * SAMPLES_PER_MS;

  /**
   * What was played; the newest sample stands before {@link #end}. Longer than what is looked at,
   * so that it has to be moved down once in a while only.
   */
  private final short[] played = new short[2048];

  private int end = HISTORY;

  private final LinearPrediction prediction = new LinearPrediction();

  /** The history when the loss began, its end made to lead into the start of what is repeated. */
  private final float[] wave = new float[HISTORY];

  /** The end of {@link #wave} as it was played. */
  private final float[] lastPlayed = new float[MAX_OVERLAP];

  /** What repetition changes over from: first the ringing, then that of fewer periods. */
  private final float[] former = new float[MAX_OVERLAP];

  private int formerPosition;
  private boolean losing;
  private int lostSamples;
  private int period;
  private int overlap;
  private int periods;
  private int position;
  private float level;
  private float softening;
  private int returnLength;
  private int returnPosition;

  /** Takes note of good audio. What follows a loss is overlapped in place with the repetition. */
  void good(short[] pcm, int offset, int samples) {
    if (losing) {
      takeOver(pcm, offset, samples);
    }
    remember(pcm, offset, samples);
  }

  /** Fills in for missing audio: silence where nothing was heard, or the loss lasts. */
  void conceal(short[] pcm, int offset, int samples) {
    if (!losing || returnPosition > 0) {
      begin();
    }
    for (int i = offset; i < offset + samples; i++) {
      pcm[i] = clip(next());
    }
    remember(pcm, offset, samples);
  }

  private void begin() {
    losing = true;
    lostSamples = 0;
    returnPosition = 0;
    period = PitchPeriod.find(played, end);
    overlap = period / 4;
    for (int i = 0; i < HISTORY; i++) {
      wave[i] = played[end - HISTORY + i];
    }
    System.arraycopy(wave, HISTORY - overlap, lastPlayed, 0, overlap);
    periods = 1;
    position = 0;
    joinEndToStart();
    prediction.analyse(played, end);
    prediction.ringOn(played, end, former, overlap);
    formerPosition = 0;
    level = 1;
    softening = softening();
  }

  /**
   * The factor per sample by which the last period was softer than the one before; at least to
   * half.
   */
  private float softening() {
    double last = PitchPeriod.energy(played, end - period, period) + 1.0;
    double before = PitchPeriod.energy(played, end - 2 * period, period) + 1.0;
    double ratio = Math.max(0.5, Math.min(1, Math.sqrt(last / before)));
    return (float) Math.pow(ratio, 1.0 / period);
  }

  private int start() {
    return HISTORY - periods * period;
  }

  private void joinEndToStart() {
    int before = start() - overlap;
    for (int i = 0; i < overlap; i++) {
      float weight = (i + 1f) / overlap; // 1 at the end: there the start follows without a step
      wave[HISTORY - overlap + i] = lastPlayed[i] + (wave[before + i] - lastPlayed[i]) * weight;
    }
  }

  private float next() {
    if (lostSamples >= SILENT_AFTER) {
      return 0;
    }
    if (periods < MOST_PERIODS && lostSamples == periods * STEP) {
      repeatOneMore();
    }
    float value = repeated() * level;
    if (lostSamples < SOFTENS) {
      level *= softening;
    }
    if (formerPosition < overlap) {
      float weight = (formerPosition + 1f) / (overlap + 1);
      value = former[formerPosition] + (value - former[formerPosition]) * weight;
      formerPosition++;
    }
    value *= 1 - (float) lostSamples / SILENT_AFTER;
    lostSamples++;
    return value;
  }

  private void repeatOneMore() {
    int here = position;
    for (int i = 0; i < overlap; i++) {
      former[i] = repeated() * level;
    }
    formerPosition = 0;
    position = here % period;
    periods++;
    joinEndToStart();
  }

  private float repeated() {
    float value = wave[start() + position];
    position = position + 1 == periods * period ? 0 : position + 1;
    return value;
  }

  private void takeOver(short[] pcm, int offset, int samples) {
    if (returnPosition == 0) {
      int further = Math.max(0, lostSamples - STEP) * RETURN_STEP / STEP;
      returnLength = Math.min(MAX_RETURN, overlap + further);
    }
    int count = Math.min(samples, returnLength - returnPosition);
    for (int i = offset; i < offset + count; i++) {
      float weight = (returnPosition + 1f) / (returnLength + 1);
      float value = next();
      pcm[i] = clip(value + (pcm[i] - value) * weight);
      returnPosition++;
    }
    if (returnPosition == returnLength) {
      losing = false;
      returnPosition = 0;
    }
  }

  private void remember(short[] pcm, int offset, int samples) {
    int kept = Math.min(samples, HISTORY);
    if (end + kept > played.length) {
      System.arraycopy(played, end - HISTORY, played, 0, HISTORY);
      end = HISTORY;
    }
    System.arraycopy(pcm, offset + samples - kept, played, end, kept);
    end += kept;
  }

  private static short clip(float value) {
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(value)));
  }
}
