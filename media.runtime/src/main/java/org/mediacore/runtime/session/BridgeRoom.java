package org.mediacore.runtime.session;

import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.runtime.plan.PipelinePlan;

/** A room of two, joined directly; who stays behind is told that the other has left. */
final class BridgeRoom extends CoreRoom {
  private SessionPair pair;

  BridgeRoom(RoomOptions options, RoomNames names, Platform platform) {
    super(options, names, platform);
  }

  @Override
  public boolean relaysEvents() {
    return true;
  }

  @Override
  void prepareStages(CoreSession session) throws MediaSetupException {
    if (members().size() == 1) {
      new SessionPair(members().get(0), session, ConnectOptions.DEFAULT, platform()).prepare();
    }
  }

  @Override
  public void rebuild(CoreSession session) throws MediaSetupException {
    if (members().size() < 2) {
      return;
    }
    if (pair == null) {
      pair =
          new SessionPair(members().get(0), members().get(1), ConnectOptions.DEFAULT, platform());
    }
    pair.build();
  }

  @Override
  void stop(CoreSession session) {
    if (pair != null) {
      pair.silence();
      pair = null;
    }
    for (CoreSession remaining : members()) {
      remaining.tell(new SessionEvent.PeerFinished(session.describe()));
    }
  }

  @Override
  public List<PipelinePlan> plans(CoreSession session) {
    return pair == null ? List.of() : pair.plans(session);
  }
}
