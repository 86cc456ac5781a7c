package org.mediacore.runtime.pipeline;

/** What a leg tells its session, on the loop: must not block or allocate in the usual case. */
public interface LegListener {
  /** Nothing came from the far end for this long; told at each RTCP interval. */
  void silentFor(long silentNs);
}
