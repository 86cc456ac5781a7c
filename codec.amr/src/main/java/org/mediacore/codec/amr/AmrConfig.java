package org.mediacore.codec.amr;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Describes the configuration for tools (Metatype); {@link AmrSettings} reads and checks it. */
@ObjectClassDefinition(
    id = AmrSettings.PID,
    name = "AMR",
    description = "Encoders and decoders of AMR and AMR-WB.")
@interface AmrConfig {
  @AttributeDefinition(
      name = "octet-align",
      description = "Offer octet-aligned payloads; answers follow the offer.")
  boolean octet$_$align() default false;

  @AttributeDefinition(description = "Send silence as such: a short frame every 160 ms.")
  boolean dtx() default false;

  @AttributeDefinition(
      description = "The highest mode of AMR to send, 0 (4.75 kbit/s) to 7 (12.2).")
  int mode() default 7;

  @AttributeDefinition(
      name = "wb-mode",
      description = "The highest mode of AMR-WB to send, 0 (6.6 kbit/s) to 8 (23.85).")
  int wb$_$mode() default 8;
}
