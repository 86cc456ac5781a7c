package org.mediacore.codec.g711;

import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.tck.AudioCodecFactoryContract;

class G711ContractTest extends AudioCodecFactoryContract {
  @Override
  protected AudioCodecFactory factory() {
    return new G711CodecFactory();
  }
}
