package org.mediacore.runtime.session;

import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.codec.CodecRegistry;
import org.mediacore.runtime.processing.ProcessorProvider;
import org.mediacore.runtime.registry.Provider;
import org.mediacore.runtime.registry.ProviderRegistry;
import org.mediacore.runtime.registry.RankedServices;
import org.mediacore.runtime.registry.Standing;
import org.mediacore.runtime.transport.TransportProvider;

/** The replaceable services that are there now, and what is held for and against them. */
public record Services(
    Standing standing,
    CodecRegistry codecs,
    ProviderRegistry<TransportProvider> transports,
    ProviderRegistry<ProcessorProvider> processors,
    RankedServices<EndpointProvider> endpoints) {
  /** Nothing yet. */
  public static Services empty() {
    Standing standing = new Standing();
    return new Services(
        standing,
        new CodecRegistry(standing),
        new ProviderRegistry<>(standing),
        new ProviderRegistry<>(standing),
        new RankedServices<>());
  }

  /**
   * Uses a provider no more, until its bundle comes anew.
   *
   * @return whether that is new: it is there, and was not in quarantine
   */
  boolean quarantine(Provider provider, String why) {
    if (provider instanceof CodecProvider codec) {
      return codecs.quarantine(codec, why);
    }
    if (provider instanceof TransportProvider transport) {
      return transports.quarantine(transport, why);
    }
    return provider instanceof ProcessorProvider processor && processors.quarantine(processor, why);
  }
}
