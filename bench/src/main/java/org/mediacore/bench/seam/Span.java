package org.mediacore.bench.seam;

/**
 * What of a run is judged: without the calls' begin and end.
 *
 * @param fromNs in ns since 1970
 * @param toNs in ns since 1970
 */
record Span(long fromNs, long toNs) {
  boolean holds(long ns) {
    return ns >= fromNs && ns <= toNs;
  }
}
