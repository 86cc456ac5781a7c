package org.mediacore.codec.g711;

import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.tck.AudioCodecFactoryContract;

/** The contract where pauses are left out. */
class G711DtxContractTest extends AudioCodecFactoryContract {
  @Override
  protected AudioCodecFactory factory() {
    return new G711CodecFactory(true);
  }
}
