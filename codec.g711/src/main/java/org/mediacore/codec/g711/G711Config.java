package org.mediacore.codec.g711;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Describes the configuration for tools (Metatype); {@link G711CodecFactory} reads it. */
@ObjectClassDefinition(
    id = G711CodecFactory.PID,
    name = "G.711",
    description = "Encoders of PCMU and PCMA.")
@interface G711Config {
  @AttributeDefinition(
      description = "Send pauses as comfort noise (RFC 3389), to peers that take it.")
  boolean dtx() default false;
}
