package org.mediacore.example.highpass;

import org.mediacore.api.processing.AudioProcessorFactory;
import org.mediacore.tck.AudioProcessorFactoryContract;

/** Everything that the platform relies on. */
class HighpassContractTest extends AudioProcessorFactoryContract {
  @Override
  protected AudioProcessorFactory factory() {
    return new HighpassProcessorFactory(80);
  }
}
