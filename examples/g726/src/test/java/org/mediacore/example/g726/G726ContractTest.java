package org.mediacore.example.g726;

import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.tck.AudioCodecFactoryContract;

/** Everything that the platform relies on. */
class G726ContractTest extends AudioCodecFactoryContract {
  @Override
  protected AudioCodecFactory factory() {
    return new G726CodecFactory();
  }
}
