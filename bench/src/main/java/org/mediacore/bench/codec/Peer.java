package org.mediacore.bench.codec;

import java.io.IOException;

/** A native program that does what half of a codec does. */
interface Peer extends AutoCloseable {
  /** What it is, for people. */
  String title();

  /**
   * Measures it once more.
   *
   * @return CPU time per frame of ours, in ns
   */
  double nsPerFrame() throws IOException;

  @Override
  void close();
}
