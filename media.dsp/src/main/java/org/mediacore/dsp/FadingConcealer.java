package org.mediacore.dsp;

import java.util.Arrays;

/**
 * Simple loss concealment for codecs that have none: while frames are missing, the last pitch
 * period is repeated and fades to silence within {@value #FADE_MS} ms; when audio returns, it is
 * faded in over {@value #RETURN_MS} ms. The idea is that of ITU-T G.711 Appendix I, without its
 * delay.
 *
 * <p>Every decoded frame goes through {@link #good}, every missing one through {@link #conceal}, in
 * playing order. No delay is added, so the start of a loss cannot be overlapped with what was
 * already played; instead the repetition starts from the last value played, and that offset decays
 * over {@value #SEAM_MS} ms.
 *
 * <p>State: the last {@value #HISTORY_MS} ms played; one thread at a time; nothing is allocated
 * after construction. The search for the pitch happens once per loss.
 */
public final class FadingConcealer {
  static final int FADE_MS = 60;
  static final int RETURN_MS = 5;
  static final int SEAM_MS = 2;
  static final int HISTORY_MS = 40;

  private final int channels;
  private final int fadeSamples;
  private final int returnSamples;
  private final int seamSamples;
  private final int historySamples;
  private final PitchFinder pitch;

  /** What was played last, interleaved, newest at the end. */
  private final short[] history;

  /** One pitch period, interleaved, made so that its end leads into its start. */
  private final short[] period;

  /** Per channel: from the period's start to where the last played value asks for it. */
  private final float[] seam;

  private int periodSamples;
  private int periodPosition;
  private int lostSamples;
  private boolean losing;

  /**
   * @param sampleRateHz sampling rate in Hz, 8,000 to 192,000
   * @param channels interleaved channels, from 1
   * @throws IllegalArgumentException if a value is out of its range
   */
  public FadingConcealer(int sampleRateHz, int channels) {
    if (sampleRateHz < 8_000 || sampleRateHz > 192_000 || channels < 1) {
      throw new IllegalArgumentException(
          "sampleRateHz " + sampleRateHz + ": 8000 to 192000; channels " + channels + ": from 1");
    }
    this.channels = channels;
    fadeSamples = sampleRateHz * FADE_MS / 1000;
    returnSamples = sampleRateHz * RETURN_MS / 1000;
    seamSamples = sampleRateHz * SEAM_MS / 1000;
    historySamples = sampleRateHz * HISTORY_MS / 1000;
    pitch = new PitchFinder(sampleRateHz, historySamples);
    history = new short[historySamples * channels];
    period = new short[pitch.maxPeriodSamples() * channels];
    seam = new float[channels];
  }

  /**
   * Takes note of a decoded frame. On the first one after a loss, its beginning is cross-faded in
   * place with the continued repetition; otherwise it is left as it is.
   *
   * @param pcm interleaved samples, modified after a loss
   * @param offset first array element
   * @param samples samples per channel
   */
  public void good(short[] pcm, int offset, int samples) {
    if (losing && samples > 0) {
      int length = Math.min(samples, returnSamples);
      for (int i = 0; i < length; i++) {
        float weight = (i + 1f) / (length + 1);
        int at = offset + i * channels;
        for (int channel = 0; channel < channels; channel++) {
          float repeated = repeated(channel);
          pcm[at + channel] =
              (short) Math.round(repeated + (pcm[at + channel] - repeated) * weight);
        }
        advance();
      }
      losing = false;
    }
    remember(pcm, offset, samples);
  }

  /**
   * Fills in for missing audio.
   *
   * @param pcm receives interleaved samples: silence where nothing was ever heard, or the loss has
   *     outlasted the fade
   * @param offset first array element to write
   * @param samples samples per channel
   */
  public void conceal(short[] pcm, int offset, int samples) {
    if (!losing) {
      start();
    }
    int audible = Math.max(0, Math.min(samples, fadeSamples - lostSamples));
    for (int i = 0, at = offset; i < audible; i++) {
      for (int channel = 0; channel < channels; channel++) {
        pcm[at++] = (short) Math.round(repeated(channel));
      }
      advance();
    }
    Arrays.fill(pcm, offset + audible * channels, offset + samples * channels, (short) 0);
    remember(pcm, offset, samples);
  }

  /** Forgets the past: a loss now is silence. */
  public void reset() {
    Arrays.fill(history, (short) 0);
    losing = false;
  }

  private void start() {
    losing = true;
    lostSamples = 0;
    periodPosition = 0;
    periodSamples = pitch.find(history, channels);
    int from = historySamples - periodSamples;
    System.arraycopy(history, from * channels, period, 0, periodSamples * channels);
    int overlap = periodSamples / 4;
    for (int i = 0; i < overlap; i++) {
      float weight = (i + 1f) / overlap; // 1 at the end: there the start follows without a step
      int at = (periodSamples - overlap + i) * channels;
      int before = (from - overlap + i) * channels;
      for (int channel = 0; channel < channels; channel++) {
        float end = period[at + channel];
        period[at + channel] = (short) Math.round(end + (history[before + channel] - end) * weight);
      }
    }
    for (int channel = 0; channel < channels; channel++) {
      seam[channel] =
          history[(historySamples - 1) * channels + channel]
              - history[(from - 1) * channels + channel];
    }
  }

  private float repeated(int channel) {
    if (lostSamples >= fadeSamples) {
      return 0;
    }
    float value = period[periodPosition * channels + channel];
    if (lostSamples < seamSamples) {
      value += seam[channel] * (seamSamples - lostSamples) / seamSamples;
    }
    value *= (float) (fadeSamples - lostSamples) / fadeSamples;
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
  }

  private void advance() {
    lostSamples = Math.min(lostSamples + 1, fadeSamples);
    periodPosition = periodPosition + 1 == periodSamples ? 0 : periodPosition + 1;
  }

  private void remember(short[] pcm, int offset, int samples) {
    int kept = Math.min(samples, historySamples) * channels;
    System.arraycopy(history, kept, history, 0, history.length - kept);
    int from = offset + samples * channels - kept;
    System.arraycopy(pcm, from, history, history.length - kept, kept);
  }
}
