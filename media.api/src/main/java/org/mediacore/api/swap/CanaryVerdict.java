package org.mediacore.api.swap;

import java.util.List;

/**
 * What came of a trial on a share of the sessions: the newcomer gets all, or it is rolled back and
 * in quarantine for what it did, or rolled back because there was not enough to compare, which is
 * held against nobody.
 *
 * @param promoted whether the newcomer gets all sessions
 * @param sessions how many sessions were on it
 * @param frames how many frames were compared with the predecessor's
 * @param findings lines for a person: each limit, what was measured, and whether it was {@code
 *     kept:}, {@code broken:} by the newcomer, or there was too little to tell ({@code unsure:}),
 *     with what to do then
 */
public record CanaryVerdict(boolean promoted, int sessions, long frames, List<String> findings) {
  public CanaryVerdict {
    findings = List.copyOf(findings);
  }
}
