package org.mediacore.dsp;

/**
 * Says whether somebody talks on a leg, cheaply enough to run on every block of every leg: the
 * block's energy against a noise floor that adapts, with a hang-over that bridges pauses.
 *
 * <p>The floor falls to a quieter block within a few blocks and rises by 4 dB per second, so pauses
 * between words hold it at the level of the background. A block is speech when it is 9 dB above the
 * floor and above {@value #MIN_SPEECH_DBOV} dBov. The floor never rises above {@value
 * #MAX_FLOOR_DBOV} dBov: what is louder than about -31 dBov (music, a tone) is always heard. Onset
 * is immediate, so no first syllable is cut.
 *
 * <p>This is no voice activity detector: it does not tell speech from other sound. State: the floor
 * and the hang-over; one thread at a time; nothing is allocated.
 */
public final class TalkerDetector {
  /** How long a leg stays active after its last block of speech. */
  public static final int HANG_OVER_MS = 300;

  static final int MIN_SPEECH_DBOV = -55;
  static final int MAX_FLOOR_DBOV = -40;

  /** Where the floor starts at most, for a leg whose first block is already speech. */
  private static final int MAX_START_DBOV = -50;

  private static final int MIN_FLOOR_DBOV = -90;
  private static final double SPEECH_ABOVE_FLOOR = power(9);
  private static final double MIN_SPEECH = power(MIN_SPEECH_DBOV);
  private static final double MAX_START = power(MAX_START_DBOV);
  private static final double MIN_FLOOR = power(MIN_FLOOR_DBOV);
  private static final double MAX_FLOOR = power(MAX_FLOOR_DBOV);
  private static final double RISE_DB_PER_S = 4;
  private static final double FALL_TIME_MS = 20;

  private final LevelMeter meter = new LevelMeter();
  private final int channels;
  private final int hangOverSamples;
  private final double riseExponentPerSample;
  private final double fallPerSample;
  private double floor = -1; // none yet
  private int remainingSamples;

  /**
   * @param sampleRateHz sampling rate in Hz, from 1,000
   * @param channels interleaved channels, from 1
   * @throws IllegalArgumentException if a value is too small
   */
  public TalkerDetector(int sampleRateHz, int channels) {
    if (sampleRateHz < 1000 || channels < 1) {
      throw new IllegalArgumentException(
          "sampleRateHz " + sampleRateHz + ", channels " + channels + ": from 1000, from 1");
    }
    this.channels = channels;
    hangOverSamples = sampleRateHz / 1000 * HANG_OVER_MS;
    riseExponentPerSample = RISE_DB_PER_S / 10 * Math.log(10) / sampleRateHz;
    fallPerSample = 1000 / FALL_TIME_MS / sampleRateHz;
  }

  /**
   * Judges the next block.
   *
   * @param pcm interleaved samples, read only
   * @param offset first array element to read
   * @param samples samples per channel, meant for blocks of 5 to 60 ms; 0 changes nothing
   * @return whether the leg is active, hang-over included
   */
  public boolean update(short[] pcm, int offset, int samples) {
    if (samples == 0) {
      return isActive();
    }
    meter.measure(pcm, offset, samples * channels);
    double power = meter.meanSquare();
    if (floor < 0) {
      floor = Math.min(power, MAX_START);
    }
    boolean speech = power > Math.max(floor * SPEECH_ABOVE_FLOOR, MIN_SPEECH);
    remainingSamples = speech ? hangOverSamples : Math.max(0, remainingSamples - samples);
    if (power < floor) {
      floor += (power - floor) * Math.min(1, fallPerSample * samples);
    } else {
      floor = Math.min(power, floor * Math.exp(riseExponentPerSample * samples));
    }
    floor = Math.max(MIN_FLOOR, Math.min(MAX_FLOOR, floor));
    return isActive();
  }

  /** Whether the leg was active at the last block. */
  public boolean isActive() {
    return remainingSamples > 0;
  }

  /** Level of the last block in dBov, for what ranks talkers or shows levels. */
  public double levelDbov() {
    return meter.rmsDbov();
  }

  /** The floor against which the next block will be judged, in dBov; -127 before the first. */
  public double floorDbov() {
    return floor < 0 ? LevelMeter.SILENCE_DBOV : 10 * Math.log10(floor);
  }

  /** Forgets the leg's past. */
  public void reset() {
    floor = -1;
    remainingSamples = 0;
  }

  private static double power(double levelDb) {
    return Math.pow(10, levelDb / 10);
  }
}
