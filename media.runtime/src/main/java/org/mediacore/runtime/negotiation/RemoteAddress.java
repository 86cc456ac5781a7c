package org.mediacore.runtime.negotiation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.sdp.Connection;

/**
 * Reads an address from a description. Names are refused: a description must not cause a look-up.
 */
final class RemoteAddress {
  private static final Pattern IPV4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private RemoteAddress() {}

  /**
   * Where a stream is to be sent; empty for the unspecified address of an old-style hold (RFC 3264
   * §8.4) and for port 0.
   */
  static Optional<InetSocketAddress> of(Optional<Connection> connection, int port)
      throws MediaSetupException {
    if (connection.isEmpty() || connection.get().isUnspecified() || port == 0) {
      return Optional.empty();
    }
    String text = connection.get().address();
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      throw refused("the address must be an IP address", text);
    }
    try {
      InetAddress address = InetAddress.getByName(text);
      if (address.isMulticastAddress()) {
        throw refused("multicast is not supported", text);
      }
      return Optional.of(new InetSocketAddress(address, port));
    } catch (UnknownHostException notAnAddress) {
      throw refused("not a valid IP address", text);
    }
  }

  private static MediaSetupException refused(String why, String text) {
    return new MediaSetupException(Reason.BAD_DESCRIPTION, why, text);
  }
}
