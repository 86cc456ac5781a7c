package org.mediacore.codec.opus;

import java.util.List;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.tck.AudioCodecBundleContract;

/** The bundle in a container, with libopus: it can be replaced under running calls. */
class OpusBundleTest extends AudioCodecBundleContract {
  @Override
  protected List<Fmtp> configurations() {
    return List.of(Fmtp.parse("stereo=1;sprop-stereo=1"), Fmtp.parse("usedtx=1;useinbandfec=1"));
  }

  @Override
  protected boolean holdsNativeLibrary() {
    return true;
  }
}
