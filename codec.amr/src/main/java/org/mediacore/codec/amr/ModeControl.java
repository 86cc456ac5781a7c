package org.mediacore.codec.amr;

/**
 * Which speech mode the next frame has: the wanted one, as fast as the peer allows changes (RFC
 * 4867 §8.1, mode-set, mode-change-period, mode-change-neighbor).
 */
final class ModeControl {
  private final int allowed;
  private final int period;
  private final boolean neighboursOnly;
  private int wanted;
  private int current;
  private int framesSinceChange;

  /**
   * @param allowed the modes that may be used, one bit per mode, at least one
   * @param period frames between changes are a multiple of this
   * @param neighboursOnly whether a change goes one step within the set
   * @param first the mode to begin with, or the nearest that is allowed
   */
  ModeControl(int allowed, int period, boolean neighboursOnly, int first) {
    this.allowed = allowed;
    this.period = period;
    this.neighboursOnly = neighboursOnly;
    want(first);
    current = wanted;
  }

  /** Wants the highest allowed mode that is not above {@code mode}, or the lowest allowed. */
  void want(int mode) {
    int within = allowed & (2 << mode) - 1;
    wanted =
        within != 0
            ? Integer.SIZE - 1 - Integer.numberOfLeadingZeros(within)
            : Integer.numberOfTrailingZeros(allowed);
  }

  /** The mode of the next frame; to be called once for each. */
  int next() {
    if (current != wanted && framesSinceChange % period == 0) {
      current = neighboursOnly ? neighbour() : wanted;
      framesSinceChange = 0;
    }
    framesSinceChange++;
    return current;
  }

  private int neighbour() {
    int step = wanted > current ? 1 : -1;
    int mode = current + step;
    while ((allowed & 1 << mode) == 0) {
      mode += step; // ends at the latest at the wanted mode, which is allowed
    }
    return mode;
  }
}
