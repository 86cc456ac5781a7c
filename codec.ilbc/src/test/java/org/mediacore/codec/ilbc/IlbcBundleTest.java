package org.mediacore.codec.ilbc;

import java.util.List;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.tck.AudioCodecBundleContract;

/** The bundle in a container: it can be replaced under running calls. */
class IlbcBundleTest extends AudioCodecBundleContract {
  @Override
  protected List<Fmtp> configurations() {
    return List.of(Fmtp.parse("mode=30"));
  }
}
