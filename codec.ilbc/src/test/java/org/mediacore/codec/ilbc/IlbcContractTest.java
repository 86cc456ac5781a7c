package org.mediacore.codec.ilbc;

import java.util.List;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.tck.AudioCodecFactoryContract;

class IlbcContractTest extends AudioCodecFactoryContract {
  @Override
  protected AudioCodecFactory factory() {
    return new IlbcCodecFactory();
  }

  /** The default is 20 ms; frames of 30 ms are another codec to all intents. */
  @Override
  protected List<Fmtp> configurations() {
    return List.of(Fmtp.parse("mode=30"));
  }
}
