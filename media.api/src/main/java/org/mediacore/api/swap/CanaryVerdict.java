package org.mediacore.api.swap;

import java.util.List;

/**
 * What came of a trial on a share of the sessions.
 *
 * @param promoted whether the newcomer gets all sessions
 * @param sessions how many sessions were on it
 * @param frames how many frames were compared with the predecessor's
 * @param findings lines for a person: each limit, what was measured, and whether it was kept
 */
public record CanaryVerdict(boolean promoted, int sessions, long frames, List<String> findings) {
  public CanaryVerdict {
    findings = List.copyOf(findings);
  }
}
