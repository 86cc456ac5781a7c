package org.mediacore.bench.seam;

import java.util.List;
import org.mediacore.bench.load.MediaCodec;

/**
 * One leg of the calls.
 *
 * @param user whom it calls
 * @param codec what it sends and receives
 * @param hz its tone
 * @param dbfs how loud
 * @param hears the tones that it is to hear, in Hz
 * @param source the leg at whose pace its packets come: the other one of a bridge, relayed or
 *     transcoded on arrival; -1 where the platform's own clock is the pace, as in a room
 */
record ToneLeg(
    String user, MediaCodec codec, double hz, double dbfs, List<Double> hears, int source) {
  /** Packets that leave on the platform's own clock. */
  static final int CLOCKED = -1;

  boolean isClocked() {
    return source == CLOCKED;
  }
}
