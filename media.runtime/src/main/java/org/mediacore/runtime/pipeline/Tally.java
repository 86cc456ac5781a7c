package org.mediacore.runtime.pipeline;

import java.util.Arrays;
import org.mediacore.dsp.SpectralDistance;

/**
 * What a newcomer did differently from its predecessor on the same frames: faults, time, level and
 * spectrum. One thread.
 */
public final class Tally {
  private static final double SILENCE = 100.0;

  private final SpectralDistance spectrum = new SpectralDistance();
  private final Times before = new Times();
  private final Times after = new Times();
  private long frames;
  private long faults;
  private String firstFault = "";
  private long refused;
  private String firstRefused = "";
  private long takenAlone;
  private double levelDb;
  private long levels;
  private double distanceDb;
  private long distances;
  private short[] left = {};
  private short[] right = {};
  private int kept;

  private static final class Times {
    private long[] ns = new long[256];
    private int count;

    void add(long tookNs) {
      if (count == ns.length) {
        ns = Arrays.copyOf(ns, 2 * count);
      }
      ns[count++] = tookNs;
    }

    long median() {
      if (count == 0) {
        return 0;
      }
      long[] sorted = Arrays.copyOf(ns, count);
      Arrays.sort(sorted);
      return sorted[count / 2];
    }
  }

  /** One frame, with the time that each took. */
  void frame(long predecessorNs, long newcomerNs) {
    frames++;
    before.add(predecessorNs);
    after.add(newcomerNs);
  }

  /** The newcomer failed at a frame. */
  void fault(String what) {
    faults++;
    if (firstFault.isEmpty()) {
      firstFault = what;
    }
  }

  /** The newcomer does not take a payload that may be the sender's fault, or does worse with it. */
  void refused(String how) {
    refused++;
    if (firstRefused.isEmpty()) {
      firstRefused = how;
    }
  }

  /** The newcomer takes a payload that its predecessor does not. */
  void takenAlone() {
    takenAlone++;
  }

  /** What both made of the same frame: interleaved samples from element 0 on. */
  void audio(short[] predecessor, short[] newcomer, int samples, int channels) {
    double energyBefore = 0;
    double energyAfter = 0;
    for (int i = 0; i < samples * channels; i++) {
      energyBefore += (double) predecessor[i] * predecessor[i];
      energyAfter += (double) newcomer[i] * newcomer[i];
    }
    double floor = SILENCE * samples * channels;
    if (energyBefore > floor || energyAfter > floor) {
      levelDb += 10 * Math.log10((energyAfter + floor) / (energyBefore + floor));
      levels++;
    }
    keepFirstChannel(predecessor, newcomer, samples, channels);
    compareSpectra();
  }

  private void keepFirstChannel(short[] predecessor, short[] newcomer, int samples, int channels) {
    if (left.length < kept + samples) {
      left = Arrays.copyOf(left, kept + samples);
      right = Arrays.copyOf(right, kept + samples);
    }
    for (int i = 0; i < samples; i++) {
      left[kept + i] = predecessor[i * channels];
      right[kept + i] = newcomer[i * channels];
    }
    kept += samples;
  }

  private void compareSpectra() {
    int at = 0;
    while (kept - at >= SpectralDistance.WINDOW) {
      distanceDb += spectrum.of(left, at, right, at);
      distances++;
      at += SpectralDistance.WINDOW;
    }
    System.arraycopy(left, at, left, 0, kept - at);
    System.arraycopy(right, at, right, 0, kept - at);
    kept -= at;
  }

  /** How many frames both have worked on. */
  public long frames() {
    return frames;
  }

  /** At how many of them the newcomer failed. */
  public long faults() {
    return faults;
  }

  /** What it did at the first of them; empty where there is none. */
  public String firstFault() {
    return firstFault;
  }

  /** How many payloads the newcomer alone does not take, or does worse with. */
  public long refusedAlone() {
    return refused;
  }

  /** What it did at the first of them; empty where there is none. */
  public String firstRefused() {
    return firstRefused;
  }

  /** How many payloads only the newcomer takes. */
  public long takenByNewcomerAlone() {
    return takenAlone;
  }

  /** The median time of the predecessor for a frame, in ns. */
  public long predecessorNs() {
    return before.median();
  }

  /** The median time of the newcomer for a frame, in ns. */
  public long newcomerNs() {
    return after.median();
  }

  /** The mean level of the newcomer minus the predecessor's, in dB, without silence. */
  public double levelStepDb() {
    return levels == 0 ? 0 : levelDb / levels;
  }

  /** The mean log-spectral distance, in dB. */
  public double spectralDistanceDb() {
    return distances == 0 ? 0 : distanceDb / distances;
  }
}
