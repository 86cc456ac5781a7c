package org.mediacore.endpoint.standard;

import org.mediacore.api.MediaSetupException;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointException.Reason;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaPeer;
import org.mediacore.api.session.MediaSession;

/** Connecting, with failures in the words of an endpoint. */
final class Connections {
  private Connections() {}

  static void connect(MediaSession caller, MediaPeer peer, ConnectOptions options)
      throws EndpointException {
    try {
      caller.connect(peer, options);
    } catch (MediaSetupException e) {
      throw refusal(e);
    }
  }

  static EndpointException refusal(MediaSetupException e) {
    return new EndpointException(Reason.UNAVAILABLE, e.getMessage(), e);
  }
}
