package org.mediacore.format.wav;

import org.mediacore.tck.MediaFileFormatBundleContract;

/** The bundle in a container: it can be replaced while files are played and recorded. */
class WavBundleTest extends MediaFileFormatBundleContract {
  /** Two seconds of 16-bit PCM at 8 kHz. */
  @Override
  protected byte[] exampleFile() {
    byte[] samples = new byte[32_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 31 >> 3);
    }
    return new WavBytes().format(1, 1, 8_000, 16).chunk("data", samples).build();
  }
}
