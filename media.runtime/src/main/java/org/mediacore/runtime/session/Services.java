package org.mediacore.runtime.session;

import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.api.transport.TransportFactory;
import org.mediacore.runtime.codec.CodecRegistry;
import org.mediacore.runtime.registry.RankedServices;

/** The replaceable services that are there now. */
public record Services(
    CodecRegistry codecs,
    RankedServices<TransportFactory> transports,
    RankedServices<EndpointProvider> endpoints) {
  /** Nothing yet. */
  public static Services empty() {
    return new Services(new CodecRegistry(), new RankedServices<>(), new RankedServices<>());
  }
}
