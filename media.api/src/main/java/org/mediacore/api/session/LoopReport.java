package org.mediacore.api.session;

/**
 * How a media loop is doing. Lateness is how long after their time its ticks were run, within the
 * last 10 to 20 seconds, in steps of 0.25 ms.
 *
 * @param index the loop's number
 * @param sessions how many sessions live on it
 * @param ticks how many ticks were run in that time
 * @param medianLatenessUs the lateness, in µs, that half of them kept below
 * @param p99LatenessUs the one that 99 of 100 kept below
 * @param maxLatenessUs the longest
 */
public record LoopReport(
    int index,
    int sessions,
    long ticks,
    long medianLatenessUs,
    long p99LatenessUs,
    long maxLatenessUs) {}
