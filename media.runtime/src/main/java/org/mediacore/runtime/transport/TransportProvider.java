package org.mediacore.runtime.transport;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.state.TransportState;
import org.mediacore.api.transport.PacketChannel;
import org.mediacore.api.transport.PacketSink;
import org.mediacore.api.transport.Transport;
import org.mediacore.api.transport.TransportFactory;
import org.mediacore.runtime.registry.Provider;
import org.mediacore.runtime.registry.ProviderInfo;

/** A transport factory, guarded against what breaks its contract. Safe for several threads. */
public final class TransportProvider implements Provider {
  private final TransportFactory factory;
  private final Set<String> profiles;
  private final ProviderInfo info;
  private final AtomicInteger openInstances = new AtomicInteger();

  /**
   * @throws IllegalArgumentException where the factory does not say what it serves
   */
  public TransportProvider(TransportFactory factory, ProviderInfo info) {
    this.factory = factory;
    this.info = info;
    try {
      this.profiles = Set.copyOf(factory.profiles());
    } catch (RuntimeException | LinkageError broken) {
      throw new IllegalArgumentException(info + ": profiles() failed: " + broken, broken);
    }
  }

  @Override
  public ProviderInfo info() {
    return info;
  }

  @Override
  public int openInstances() {
    return openInstances.get();
  }

  /** Whether it is the provider of this service. */
  public boolean isOf(TransportFactory service) {
    return factory == service;
  }

  /** Whether it serves an SDP transport protocol. */
  public boolean serves(String profile) {
    return profiles.contains(profile);
  }

  /** Makes a transport; the caller closes it with {@link #close}. */
  public Transport create(TransportState state, PacketChannel channel, PacketSink sink)
      throws MediaSetupException {
    Transport transport;
    try {
      transport = Objects.requireNonNull(factory.create(state, channel, sink), "create gave null");
    } catch (RuntimeException | LinkageError broken) {
      throw new MediaSetupException(
          Reason.RESOURCE_MISSING, info + ": the transport failed", state.profile(), broken);
    }
    openInstances.incrementAndGet();
    return transport;
  }

  /** Closes a transport that this provider made. */
  public void close(Transport transport) {
    openInstances.decrementAndGet();
    transport.close();
  }

  @Override
  public boolean isLike(Provider other) {
    return other instanceof TransportProvider transport && transport.profiles.equals(profiles);
  }

  @Override
  public String toString() {
    return "transport " + String.join(", ", profiles) + " of " + info;
  }
}
