package org.mediacore.codec.g711;

import java.util.Random;

/**
 * Which packets are lost: independently, or in bursts (two states, one of them bad).
 *
 * @param packetMs what a packet holds
 * @param share how many packets are lost, of 1
 * @param burst mean number of packets lost in a row, 0 for independent losses
 */
record LossPattern(int packetMs, double share, double burst) {
  /** The beginning arrives. */
  private static final int FIRST_LOSS_MS = 400;

  /** For each 10 ms whether they are lost. */
  boolean[] of(int tens, Random random) {
    boolean[] lost = new boolean[tens];
    double enter = burst == 0 ? share : share / ((1 - share) * burst);
    double stay = burst == 0 ? share : 1 - 1 / burst;
    boolean bad = false;
    for (int from = 0; from < tens; from += packetMs / 10) {
      bad = random.nextDouble() < (bad ? stay : enter);
      for (int i = from; i < Math.min(tens, from + packetMs / 10); i++) {
        lost[i] = bad && from * 10 >= FIRST_LOSS_MS;
      }
    }
    return lost;
  }

  @Override
  public String toString() {
    return Math.round(share * 100)
        + " %"
        + (burst == 0 ? "" : " in bursts of " + Math.round(burst))
        + ", "
        + packetMs
        + " ms";
  }
}
