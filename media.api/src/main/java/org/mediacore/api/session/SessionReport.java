package org.mediacore.api.session;

import java.util.List;

/**
 * A session at one moment.
 *
 * @param id the session's name
 * @param label what its owner calls it
 * @param peer what it is connected to, empty while nothing
 * @param drive who drives its pipeline: {@code relay}, {@code transcode}, {@code clocked}, or empty
 * @param loop the number of the media loop it runs on
 * @param ageMs how long it has existed
 * @param streams its media streams
 */
public record SessionReport(
    String id,
    String label,
    String peer,
    String drive,
    int loop,
    long ageMs,
    List<StreamReport> streams) {
  public SessionReport {
    streams = List.copyOf(streams);
  }
}
