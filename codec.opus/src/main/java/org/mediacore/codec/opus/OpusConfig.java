package org.mediacore.codec.opus;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Describes the configuration for tools (Metatype); {@link OpusSettings} reads and checks it. */
@ObjectClassDefinition(
    id = OpusSettings.PID,
    name = "Opus",
    description = "Opus encoders and decoders; a change applies to calls that start afterwards.")
@interface OpusConfig {
  @AttributeDefinition(
      description = "Bits per second of a mono stream, 6000 to 255000; stereo gets twice as much.",
      min = "6000",
      max = "255000")
  int bitrate() default 32_000;

  @AttributeDefinition(
      description = "Effort of the encoder, 0 (cheapest) to 10.",
      min = "0",
      max = "10")
  int complexity() default 5;

  @AttributeDefinition(
      description = "What encoders optimise for.",
      options = {
        @Option(label = "speech", value = "voip"),
        @Option(label = "any sound", value = "audio"),
        @Option(label = "least delay", value = "lowdelay")
      })
  String application() default "voip";

  @AttributeDefinition(
      description = "Ask for in-band redundancy, and send it to peers that ask for it.")
  boolean fec() default true;

  @AttributeDefinition(description = "Ask the peer to leave out silence.")
  boolean dtx() default false;

  @AttributeDefinition(description = "Ask for stereo, and send it to peers that ask for it.")
  boolean stereo() default false;

  @AttributeDefinition(
      description = "Percent of packets an encoder expects to be lost until the peer reports.",
      min = "0",
      max = "100")
  int loss() default 0;

  @AttributeDefinition(
      name = "Native",
      description = "Use libopus where it can be loaded; otherwise pure Java.")
  boolean native$() default true;
}
