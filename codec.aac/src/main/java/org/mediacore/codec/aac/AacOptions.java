package org.mediacore.codec.aac;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Describes the configuration for tools (Metatype); {@link AacSettings} reads and checks it. */
@ObjectClassDefinition(
    id = AacSettings.PID,
    name = "AAC",
    description = "Encoders of AAC, where the machine has libfdk-aac.")
@interface AacOptions {
  @AttributeDefinition(description = "The file of libfdk-aac 2; empty: where the system has it.")
  String library() default "";

  @AttributeDefinition(
      description = "What is offered to be sent; answers follow the offer.",
      options = {
        @Option(label = "AAC-ELD", value = "eld"),
        @Option(label = "AAC-LD", value = "ld"),
        @Option(label = "AAC-LC", value = "lc")
      })
  String object() default "eld";

  @AttributeDefinition(
      description = "Bits per second of a mono stream, 16000 to 128000; stereo gets twice as much.",
      min = "16000",
      max = "128000")
  int bitrate() default 64_000;
}
