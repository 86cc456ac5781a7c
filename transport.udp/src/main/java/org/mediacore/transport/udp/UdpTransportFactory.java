package org.mediacore.transport.udp;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.state.TransportState;
import org.mediacore.api.transport.PacketChannel;
import org.mediacore.api.transport.PacketSink;
import org.mediacore.api.transport.Transport;
import org.mediacore.api.transport.TransportFactory;
import org.osgi.service.component.annotations.Component;

/** RTP and RTCP in the clear over UDP: the profile {@code RTP/AVP} (RFC 3551, RFC 8866 §5.14). */
@Component(service = TransportFactory.class)
public final class UdpTransportFactory implements TransportFactory {
  private static final String PROFILE = "RTP/AVP";
  private static final Set<String> PROFILES = Set.of(PROFILE);

  /** Makes the factory; called by the container. */
  public UdpTransportFactory() {}

  @Override
  public Set<String> profiles() {
    return PROFILES;
  }

  /**
   * {@inheritDoc}
   *
   * @throws MediaSetupException for another profile, and for an address that no packet can be sent
   *     to: an unresolved name, a multicast group, port 0
   */
  @Override
  public Transport create(TransportState state, PacketChannel channel, PacketSink sink)
      throws MediaSetupException {
    if (!PROFILES.contains(state.profile())) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, "plain UDP serves " + PROFILE, state.profile());
    }
    requireUsable("signalledRtp", state.signalledRtp());
    requireUsable("signalledRtcp", state.signalledRtcp());
    requireUsable("latchedRtp", state.latchedRtp());
    requireUsable("latchedRtcp", state.latchedRtcp());
    return new UdpTransport(state, channel, sink);
  }

  private static void requireUsable(String what, Optional<InetSocketAddress> address)
      throws MediaSetupException {
    if (address.isEmpty()) {
      return;
    }
    InetSocketAddress value = address.get();
    if (value.isUnresolved() || value.getPort() == 0 || value.getAddress().isMulticastAddress()) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          what + " must be a resolved unicast address with a port",
          value.toString());
    }
  }
}
