package org.mediacore.codec.g711;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;

/**
 * The sending side of comfort noise: finds pauses, and what to say of them (RFC 3389 §4): at the
 * beginning of each, when the level has changed by {@value #CHANGE_DB} dB, though not more often
 * than every {@value #LEAST_MS} ms, and every {@value #MOST_MS} ms. One thread; nothing is
 * allocated after construction.
 */
final class PauseDescriber {
  static final int CHANGE_DB = 2;
  static final int LEAST_MS = 100;
  static final int MOST_MS = 1000;
  private static final int SAMPLES_PER_MS = 8;

  /** How much of what was known of the noise is kept per frame. */
  private static final double KEEP = 0.8;

  private final SilenceDetector detector = new SilenceDetector();
  private final LinearPrediction prediction = new LinearPrediction();
  private final NoiseDescription noise = new NoiseDescription();

  /** The newest samples at the end. */
  private final short[] recent = new short[LinearPrediction.WINDOW];

  private double meanSquare;
  private boolean pausing;
  private int toldLevelDb;
  private int sinceToldMs;

  /** Takes note of a frame; true where it need not be sent. */
  boolean pauses(short[] pcm, int offset, int samples) {
    remember(pcm, offset, samples);
    double power = (double) PitchPeriod.energy(pcm, offset, samples) / samples;
    if (!detector.isSilence(power, samples)) {
      pausing = false;
      return false;
    }
    if (!pausing) {
      pausing = true;
      meanSquare = power;
      sinceToldMs = MOST_MS;
      prediction.analyse(recent, recent.length);
    } else {
      meanSquare = KEEP * meanSquare + (1 - KEEP) * power;
      sinceToldMs = Math.min(MOST_MS, sinceToldMs + samples / SAMPLES_PER_MS);
      prediction.analyse(recent, recent.length, KEEP);
    }
    return true;
  }

  private void remember(short[] pcm, int offset, int samples) {
    int kept = Math.min(samples, recent.length);
    System.arraycopy(recent, kept, recent, 0, recent.length - kept);
    System.arraycopy(pcm, offset + samples - kept, recent, recent.length - kept, kept);
  }

  /** Writes what the peer does not know yet; bytes, 0 for nothing, or a negative status. */
  int describe(ByteBuffer out) {
    if (!pausing) {
      return 0;
    }
    noise.power(meanSquare);
    boolean changed = Math.abs(noise.levelDb - toldLevelDb) >= CHANGE_DB;
    if (sinceToldMs < (changed ? LEAST_MS : MOST_MS)) {
      return 0;
    }
    noise.order = noise.levelDb == NoiseDescription.SOFTEST ? 0 : NoiseDescription.MAX_ORDER;
    for (int i = 0; i < noise.order; i++) {
      noise.reflections[i] = -prediction.reflection(i + 1);
    }
    if (out.remaining() < noise.bytes()) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    noise.write(out);
    toldLevelDb = noise.levelDb;
    sinceToldMs = 0;
    return noise.bytes();
  }
}
