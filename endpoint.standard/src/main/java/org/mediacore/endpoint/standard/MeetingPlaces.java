package org.mediacore.endpoint.standard;

import org.mediacore.api.MediaSetupException;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointException.Reason;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;

/** Callers meet in the platform's rooms, which are found by their name. */
final class MeetingPlaces {
  private MeetingPlaces() {}

  /** Connects a caller to the room of this name, the present one or a new one. */
  static void join(MediaManager manager, RoomOptions options, MediaSession caller)
      throws EndpointException {
    boolean joined = false;
    while (!joined) { // each turn more means that another caller came or left meanwhile
      joined = tryJoin(manager.room(options), caller);
    }
  }

  /** False where the room has closed itself, or another one took its name, meanwhile. */
  private static boolean tryJoin(Room room, MediaSession caller) throws EndpointException {
    try {
      caller.connect(room, ConnectOptions.DEFAULT);
      return true;
    } catch (MediaSetupException refused) {
      if (room.isClosed() && refused.reason() == MediaSetupException.Reason.WRONG_STATE) {
        return false;
      }
      if (refused.reason() == MediaSetupException.Reason.LIMIT_REACHED && room.size() > 0) {
        throw new EndpointException(Reason.BUSY, refused.getMessage(), refused);
      }
      throw Connections.refusal(refused);
    }
  }
}
