package org.mediacore.codec.g722;

/**
 * Fills in for lost audio in the two bands, before they are joined, in the manner of G.722 Appendix
 * IV: the lower band tells the pitch, both bands repeat their last period and fade, and when audio
 * returns it is faded in. Since the receive filter runs on over what was made up, there is no seam
 * at 16 kHz.
 *
 * <p>Every decoded sample goes through {@link #good}, every missing one through {@link #conceal}, in
 * playing order. State: the last {@value #HISTORY} samples of each band. The pitch is searched once
 * per loss.
 */
final class BandConcealer {
  /** 40 ms of 8 kHz. */
  static final int HISTORY = 320;

  /** The first 10 ms are not faded. */
  private static final int HOLD = 80;

  /** Silence from 60 ms on. */
  private static final int FADE = 480;

  /** Returning audio is faded in within 5 ms. */
  private static final int RETURN = 40;

  /** The step between what was played and the repetition decays within 2 ms. */
  private static final int SEAM = 16;

  private final Band lower = new Band();
  private final Band higher = new Band();
  private int period;
  private int position;
  private int lost;
  private boolean losing;

  /** Takes note of decoded samples; after a loss, fades in the first ones in place. */
  void good(int[] lowerSamples, int[] higherSamples, int count) {
    if (losing) {
      int length = Math.min(count, RETURN);
      for (int i = 0; i < length; i++) {
        int low = next(lower);
        int high = next(higher);
        lowerSamples[i] = low + (lowerSamples[i] - low) * (i + 1) / (length + 1);
        higherSamples[i] = high + (higherSamples[i] - high) * (i + 1) / (length + 1);
        advance();
      }
      losing = false;
    }
    lower.remember(lowerSamples, count);
    higher.remember(higherSamples, count);
  }

  /** Makes up samples of 15 bits for both bands. */
  void conceal(int[] lowerSamples, int[] higherSamples, int count) {
    if (!losing) {
      losing = true;
      lost = 0;
      position = 0;
      period = Pitch.find(lower.history);
      lower.start(period);
      higher.start(period);
    }
    for (int i = 0; i < count; i++) {
      lowerSamples[i] = next(lower);
      higherSamples[i] = next(higher);
      advance();
    }
    lower.remember(lowerSamples, count);
    higher.remember(higherSamples, count);
  }

  private int next(Band band) {
    if (lost >= FADE) {
      return 0;
    }
    int value = band.period[position];
    if (lost < SEAM) {
      value += band.seam * (SEAM - lost) / SEAM;
    }
    if (lost > HOLD) {
      value = value * (FADE - lost) / (FADE - HOLD);
    }
    return Math.max(-16_384, Math.min(16_383, value));
  }

  private void advance() {
    lost = Math.min(lost + 1, FADE);
    position = position + 1 == period ? 0 : position + 1;
  }

  /** What is remembered and repeated of one band. */
  private static final class Band {
    /** Newest at the end. */
    private final short[] history = new short[HISTORY];

    /** One period, made so that its end leads into its start. */
    private final short[] period = new short[Pitch.MAX];

    /** From the period's start to where the last sample asks for it. */
    private int seam;

    void start(int samples) {
      int from = HISTORY - samples;
      System.arraycopy(history, from, period, 0, samples);
      int overlap = samples / 4;
      for (int i = 0; i < overlap; i++) {
        int at = samples - overlap + i;
        int before = history[from - overlap + i];
        period[at] += (short) ((before - period[at]) * (i + 1) / overlap);
      }
      seam = history[HISTORY - 1] - history[from - 1];
    }

    void remember(int[] samples, int count) {
      int kept = Math.min(count, HISTORY);
      System.arraycopy(history, kept, history, 0, HISTORY - kept);
      for (int i = 0; i < kept; i++) {
        history[HISTORY - kept + i] = (short) samples[count - kept + i];
      }
    }
  }
}
