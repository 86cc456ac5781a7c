package org.mediacore.codec.amr;

import org.junit.jupiter.api.BeforeAll;
import org.mediacore.tck.AudioCodecBundleContract;

/** codec.amr comes and goes while media.ffmpeg stays. */
class AmrBundleTest extends AudioCodecBundleContract {
  @BeforeAll
  static void needsTheLibraries() {
    Amr.ffmpeg();
  }

  @Override
  protected int createCloseCycles() {
    return 2_000;
  }
}
