package org.mediacore.bench.codec;

import java.util.Optional;

/**
 * What half of a codec costs.
 *
 * @param codec which
 * @param direction which half
 * @param frameMs audio of a frame, in ms
 * @param samplesPerFrame samples per channel of a frame
 * @param ns CPU time of a frame, in ns
 * @param bytes bytes allocated for a frame
 * @param beside the same frames in a native program
 */
record CodecCost(
    CodecCase codec,
    Direction direction,
    double frameMs,
    int samplesPerFrame,
    Spread ns,
    double bytes,
    Optional<Beside> beside) {

  /**
   * A native program, measured in turns.
   *
   * @param title what it is
   * @param ns CPU time of a frame, in ns
   * @param ratio our time by its time, round by round
   */
  record Beside(String title, Spread ns, Spread ratio) {}

  /** For people. */
  String title() {
    return codec.title + " " + direction.title();
  }

  /** How many calls at once fill a core. */
  double timesRealTime() {
    return frameMs * 1e6 / ns.median();
  }

  /** Billions of samples a second. */
  double gigasamplesPerS() {
    return samplesPerFrame / ns.median();
  }
}
