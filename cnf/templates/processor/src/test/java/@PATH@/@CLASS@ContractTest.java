package @PACKAGE@;

import org.mediacore.api.processing.AudioProcessorFactory;
import org.mediacore.tck.AudioProcessorFactoryContract;

/** Everything that the platform relies on. */
class @CLASS@ContractTest extends AudioProcessorFactoryContract {
  @Override
  protected AudioProcessorFactory factory() {
    return new @CLASS@ProcessorFactory(-6);
  }
}
