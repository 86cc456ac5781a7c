package org.mediacore.bench.seam;

/**
 * Two packets of a leg that were too far apart.
 *
 * @param leg which one
 * @param atNs the second one's time, in ns since 1970
 * @param ns how far
 * @param mostNs what would have been allowed: one frame and 5 ms, or the input's own gap and 5 ms
 * @param machineNs what may be the machine's of it: {@link Standstills#pileNs}
 */
record Gap(int leg, long atNs, long ns, long mostNs, long machineNs) {
  /** Whether it would have been none had the machine not stood still. */
  boolean isOfTheMachine() {
    return ns - machineNs <= mostNs;
  }
}
