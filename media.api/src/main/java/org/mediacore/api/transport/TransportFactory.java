package org.mediacore.api.transport;

import java.util.Set;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.state.TransportState;
import org.osgi.annotation.versioning.ConsumerType;

/** A transport as a service: shared, stateless, safe for use by several threads. */
@ConsumerType
public interface TransportFactory {
  /** The SDP transport protocols this factory serves, such as {@code RTP/AVP} (RFC 8866 §5.14). */
  Set<String> profiles();

  /**
   * Builds a transport that continues from {@code state}. Called off the loop; the instance is then
   * used on the loop only.
   *
   * @throws MediaSetupException where the state's profile or values are not supported
   */
  Transport create(TransportState state, PacketChannel channel, PacketSink sink)
      throws MediaSetupException;
}
