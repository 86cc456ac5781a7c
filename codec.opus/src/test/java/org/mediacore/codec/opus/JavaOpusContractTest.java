package org.mediacore.codec.opus;

import java.util.List;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.tck.AudioCodecFactoryContract;

/**
 * The platform's contract, kept by the pure-Java fallback; but it allocates, as the README says.
 */
class JavaOpusContractTest extends AudioCodecFactoryContract {
  @Override
  protected AudioCodecFactory factory() {
    return new OpusCodecFactory(new JavaEngine(), OpusSettings.DEFAULT);
  }

  @Override
  protected List<Fmtp> configurations() {
    return List.of(Fmtp.parse("stereo=1;sprop-stereo=1"));
  }

  @Override
  protected int createCloseCycles() {
    return 200;
  }

  @Override
  protected int warmUpFrames() {
    return 100;
  }

  @Override
  protected long allocatedBytesPerFrame() {
    return 200_000;
  }
}
