package org.mediacore.codec.opus;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Describes the configuration for tools (Metatype); {@link OpusSettings} reads and checks it. */
@ObjectClassDefinition(
    id = OpusSettings.PID,
    name = "Opus",
    description = "Opus encoders and decoders; running calls move to what is changed.")
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
      description = "Widest audio that is encoded, and asked for.",
      options = {
        @Option(label = "4 kHz", value = "narrow"),
        @Option(label = "6 kHz", value = "medium"),
        @Option(label = "8 kHz", value = "wide"),
        @Option(label = "12 kHz", value = "super-wide"),
        @Option(label = "20 kHz", value = "full")
      })
  String bandwidth() default "full";

  @AttributeDefinition(
      name = "CBR",
      description = "Payloads of constant size, and ask the peer for them.")
  boolean cbr() default false;

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
      description =
          "Effort of the decoder, 0 to 10: from 5 on losses are concealed by a neural network,"
              + " from 6 on speech of low bit rates is enhanced.",
      min = "0",
      max = "10")
  int decoder_complexity() default 5;

  @AttributeDefinition(
      name = "DRED",
      description =
          "Most deep redundancy in a payload, in ms; 0: none is sent, none is made use of.",
      min = "0",
      max = "1040")
  int dred() default 0;

  @AttributeDefinition(
      name = "Native",
      description = "Use libopus where it can be loaded; otherwise pure Java.")
  boolean native$() default true;
}
