package org.mediacore.codec.g711;

import java.util.Arrays;

/**
 * The concealment of ITU-T G.711 Appendix I itself, with its delay of {@value #DELAY} samples: what
 * ours is measured against. Frames of 10 ms at 8 kHz. Byte-exact with the output of ITU-T G.191.
 */
final class AppendixI {
  static final int FRAME = 80;
  static final int DELAY = 30;
  private static final int MIN_PITCH = 40;
  private static final int MAX_PITCH = 120;
  private static final int HISTORY = 3 * MAX_PITCH + DELAY;
  private static final int WINDOW = 160;

  private final short[] history = new short[HISTORY];
  private final double[] wave = new double[HISTORY];
  private final double[] tail = new double[DELAY];
  private int lostFrames;
  private int pitch;
  private int quarter;
  private int start;
  private int position;

  /** A good frame; becomes the audio {@link #DELAY} samples before. */
  void good(short[] frame) {
    if (lostFrames > 0) {
      int length = Math.min(FRAME, quarter + (lostFrames - 1) * 32);
      double gain = Math.max(0, 1 - (lostFrames - 1) * 0.2);
      overlap(repeated(length), gain, frame, length);
      lostFrames = 0;
    }
    delay(frame);
  }

  /** A lost frame, which is filled in. */
  void lost(short[] frame) {
    if (lostFrames == 0) {
      begin();
      System.arraycopy(repeated(FRAME), 0, frame, 0, FRAME);
    } else if (lostFrames > 5) {
      Arrays.fill(frame, (short) 0);
    } else {
      if (lostFrames <= 2) {
        repeatOneMore(frame);
      } else {
        System.arraycopy(repeated(FRAME), 0, frame, 0, FRAME);
      }
      attenuate(frame);
    }
    lostFrames++;
    delay(frame);
  }

  private void begin() {
    for (int i = 0; i < HISTORY; i++) {
      wave[i] = history[i];
    }
    pitch = findPitch();
    quarter = pitch / 4;
    System.arraycopy(wave, HISTORY - quarter, tail, 0, quarter);
    position = 0;
    start = HISTORY - pitch;
    joinEndToStart();
    for (int i = HISTORY - quarter; i < HISTORY; i++) {
      history[i] = (short) wave[i];
    }
  }

  private void repeatOneMore(short[] frame) {
    int here = position;
    short[] before = repeated(quarter);
    position = here;
    while (position > pitch) {
      position -= pitch;
    }
    start -= pitch;
    joinEndToStart();
    System.arraycopy(repeated(FRAME), 0, frame, 0, FRAME);
    overlap(before, 1, frame, quarter);
  }

  private void joinEndToStart() {
    double step = 1.0 / quarter;
    double left = 1 - step;
    double right = step;
    for (int i = 0; i < quarter; i++) {
      wave[HISTORY - quarter + i] = clip(left * tail[i] + right * wave[start - quarter + i]);
      left -= step;
      right += step;
    }
  }

  private static void overlap(short[] former, double gain, short[] frame, int length) {
    double step = 1.0 / length;
    double left = (1 - step) * gain;
    double right = step;
    for (int i = 0; i < length; i++) {
      frame[i] = (short) clip(left * former[i] + right * frame[i]);
      left -= step * gain;
      right += step;
    }
  }

  private void attenuate(short[] frame) {
    double gain = 1 - (lostFrames - 1) * 0.2;
    for (int i = 0; i < FRAME; i++) {
      frame[i] = (short) (frame[i] * gain);
      gain -= 0.2 / FRAME;
    }
  }

  private short[] repeated(int count) {
    short[] out = new short[count];
    for (int i = 0; i < count; i++) {
      out[i] = (short) wave[start + position];
      position = start + position + 1 == HISTORY ? 0 : position + 1;
    }
    return out;
  }

  private static double clip(double value) {
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
  }

  private void delay(short[] frame) {
    System.arraycopy(history, FRAME, history, 0, HISTORY - FRAME);
    System.arraycopy(frame, 0, history, HISTORY - FRAME, FRAME);
    System.arraycopy(history, HISTORY - FRAME - DELAY, frame, 0, FRAME);
  }

  /** First every second lag by every second sample, then the neighbours by all. */
  private int findPitch() {
    int best = bestLag(0, MAX_PITCH - MIN_PITCH, 2);
    return MAX_PITCH - bestLag(Math.max(0, best - 1), Math.min(MAX_PITCH - MIN_PITCH, best + 1), 1);
  }

  /** Lags count from the longest down: 0 is {@link #MAX_PITCH}. */
  private int bestLag(int from, int to, int step) {
    float best = Float.NEGATIVE_INFINITY;
    int found = from;
    for (int lag = from; lag <= to; lag += step) {
      float energy = 0;
      float product = 0;
      int earlier = HISTORY - WINDOW - MAX_PITCH + lag;
      for (int i = 0; i < WINDOW; i += step) {
        float sample = (float) wave[earlier + i];
        energy += sample * sample;
        product += sample * (float) wave[HISTORY - WINDOW + i];
      }
      float likeness = (float) (product / Math.sqrt(Math.max(energy, 250)));
      if (step == 2 ? likeness >= best : likeness > best) {
        best = likeness;
        found = lag;
      }
    }
    return found;
  }
}
