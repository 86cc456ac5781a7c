package org.mediacore.example.highpass;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What is configured, in {@code conf/org.mediacore.example.highpass.cfg}. */
@ObjectClassDefinition(id = HighpassConfig.PID, name = "highpass")
@interface HighpassConfig {
  String PID = "org.mediacore.example.highpass";

  /** The key {@code cutoff.hz}. */
  @AttributeDefinition(
      description = "Where the filter has 3 dB of loss, in Hz, 20 to 400.",
      min = "20",
      max = "400")
  double cutoff_hz() default 80;
}
