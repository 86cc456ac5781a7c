package org.mediacore.format.wav;

import org.mediacore.api.file.MediaFileFormat;
import org.mediacore.tck.MediaFileFormatContract;

class WavContractTest extends MediaFileFormatContract {
  @Override
  protected MediaFileFormat format() {
    return new WavFormat();
  }

  @Override
  protected boolean keepsSamplesExactly() {
    return true;
  }
}
