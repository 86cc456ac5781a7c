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
 */
public record RuntimeSettings(
    List<String> codecs,
    int maxSessions,
    int jitterDelayMs,
    long inactivityMs,
    LatchPolicy latchPolicy) {
  /** What holds unless configured otherwise. */
  public static final RuntimeSettings DEFAULT =
      new RuntimeSettings(
          List.of("opus", "g722", "pcmu", "pcma"), 2000, 40, 60_000, LatchPolicy.SIGNALLED_ADDRESS);

  public RuntimeSettings {
    codecs = List.copyOf(codecs);
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
