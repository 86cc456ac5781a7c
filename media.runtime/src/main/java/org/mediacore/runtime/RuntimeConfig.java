package org.mediacore.runtime;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Settings of the runtime, in {@code conf/org.mediacore.runtime.cfg}. */
@ObjectClassDefinition(
    name = "Media Core runtime",
    description = "Sessions, ports, loops and the order of codecs")
public @interface RuntimeConfig {
  @AttributeDefinition(
      name = "RTP ports",
      description = "ADDR:FIRST-LAST; changes hold for new sessions")
  String rtp() default "127.0.0.1:20000-29999";

  @AttributeDefinition(
      name = "Media loops",
      description = "Threads for media, 0 for one per core; a change needs a restart",
      min = "0",
      max = "256")
  int loops() default 0;

  @AttributeDefinition(
      name = "Codecs",
      description = "Encoding names in the order of preference, separated by commas")
  String codecs() default "opus,g722,pcmu,pcma";

  @AttributeDefinition(
      name = "Sessions",
      description = "How many sessions may be open",
      min = "1",
      max = "100000")
  int max_sessions() default 2000;

  @AttributeDefinition(
      name = "Jitter buffer",
      description = "Delay in ms of players, recorders and rooms",
      min = "10",
      max = "1000")
  int jitter_ms() default 40;

  @AttributeDefinition(
      name = "Inactivity",
      description = "Seconds without a packet after which a call is given up, 0 for never",
      min = "0",
      max = "86400")
  int inactivity_seconds() default 60;

  @AttributeDefinition(
      name = "Latching",
      description = "Whose packets decide where a stream is sent",
      options = {
        @Option(label = "only the signalled address", value = "signalled"),
        @Option(label = "whoever sends first", value = "any")
      })
  String latch() default "signalled";

  @AttributeDefinition(
      name = "Processing",
      description =
          "Names of the processors that the audio of calls passes, in order, separated by commas;"
              + " changes hold for new sessions")
  String processing() default "";

  @AttributeDefinition(
      name = "Grace time",
      description =
          "Seconds that a codec, processor or transport in use waits for its bundle to come back"
              + " before calls move to another one's",
      min = "0",
      max = "3600")
  int swap_grace_seconds() default 5;

  @AttributeDefinition(
      name = "Trial",
      description = "Seconds that making and trying one successor may take",
      min = "1",
      max = "3600")
  int swap_trial_seconds() default 2;

  @AttributeDefinition(
      name = "Canary",
      description = "Seconds that a canary is compared with its predecessor",
      min = "1",
      max = "3600")
  int swap_canary_seconds() default 10;
}
