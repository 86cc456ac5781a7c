package org.mediacore.runtime.session;

import java.util.List;
import org.mediacore.api.state.LatchPolicy;

/**
 * Settings that can change while the platform runs.
 *
 * @param codecs encoding names in the order of preference
 * @param maxSessions how many sessions may be open
 * @param jitterDelayMs delay of the jitter buffer of clocked pipelines, 10 to 1000
 * @param inactivityMs after what silence of the far end a listener is told; 0 for never
 * @param latchPolicy whose packets may latch, unless the session's options say otherwise
 * @param processing names of the processors that the audio of sessions passes, in order
 * @param swapTimes how long parts of a swap may take
 */
public record RuntimeSettings(
    List<String> codecs,
    int maxSessions,
    int jitterDelayMs,
    long inactivityMs,
    LatchPolicy latchPolicy,
    List<String> processing,
    SwapTimes swapTimes) {
  /**
   * How long parts of a swap may take.
   *
   * @param graceMs how long what has lost its provider waits for the same bundle before it moves to
   *     another one
   * @param trialMs how long making and priming one successor may take
   * @param canaryMs how long a newcomer on a share of the sessions is compared with its predecessor
   */
  public record SwapTimes(long graceMs, long trialMs, long canaryMs) {
    /** Unless configured otherwise. */
    public static final SwapTimes DEFAULT = new SwapTimes(5_000, 2_000, 10_000);

    public SwapTimes {
      if (graceMs < 0 || trialMs < 1 || canaryMs < 1) {
        throw new IllegalArgumentException("times must be positive");
      }
    }
  }

  /** What holds unless configured otherwise. */
  public static final RuntimeSettings DEFAULT =
      new RuntimeSettings(
          List.of("opus", "g722", "pcmu", "pcma"),
          2000,
          40,
          60_000,
          LatchPolicy.SIGNALLED_ADDRESS,
          List.of(),
          SwapTimes.DEFAULT);

  public RuntimeSettings {
    codecs = List.copyOf(codecs);
    processing = List.copyOf(processing);
    if (maxSessions < 1) {
      throw new IllegalArgumentException("maxSessions must be at least 1: " + maxSessions);
    }
    if (jitterDelayMs < 10 || jitterDelayMs > 1000) {
      throw new IllegalArgumentException("jitterDelayMs must be 10..1000: " + jitterDelayMs);
    }
    if (inactivityMs < 0) {
      throw new IllegalArgumentException("inactivityMs must not be negative: " + inactivityMs);
    }
  }
}
