package org.mediacore.example.highpass;

import org.mediacore.api.processing.AudioProcessorFactory;

/** Makes the example's factory outside a container. */
public final class Highpass {
  private Highpass() {}

  /** A factory as with the default configuration. */
  public static AudioProcessorFactory create() {
    return new HighpassProcessorFactory(80);
  }
}
