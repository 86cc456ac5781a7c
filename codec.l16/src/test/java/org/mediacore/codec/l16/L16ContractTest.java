package org.mediacore.codec.l16;

import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.tck.AudioCodecFactoryContract;

class L16ContractTest extends AudioCodecFactoryContract {
  @Override
  protected AudioCodecFactory factory() {
    return new L16CodecFactory();
  }
}
