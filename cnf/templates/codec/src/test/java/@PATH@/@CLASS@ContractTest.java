package @PACKAGE@;

import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.tck.AudioCodecFactoryContract;

/** Everything that the platform relies on. */
class @CLASS@ContractTest extends AudioCodecFactoryContract {
  @Override
  protected AudioCodecFactory factory() {
    return new @CLASS@CodecFactory();
  }
}
