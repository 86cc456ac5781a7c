package org.mediacore.runtime.session;

import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.runtime.plan.PipelinePlan;

/** A session connected to another one, or to itself. */
final class PairLink implements Link {
  private final SessionPair pair;

  PairLink(CoreSession one, CoreSession other, ConnectOptions options, Platform platform) {
    this.pair = new SessionPair(one, other, options, platform);
  }

  @Override
  public String describe() {
    return pair.one() == pair.other() ? "echo" : pair.one().id() + " with " + pair.other().id();
  }

  @Override
  public boolean relaysEvents() {
    return pair.one() != pair.other();
  }

  @Override
  public void prepare(CoreSession session) throws MediaSetupException {
    pair.prepare();
  }

  @Override
  public void join(CoreSession session) throws MediaSetupException {
    pair.one().link(this);
    pair.other().link(this);
    try {
      pair.build();
    } catch (MediaSetupException | RuntimeException failed) {
      dissolve();
      throw failed;
    }
  }

  @Override
  public void rebuild(CoreSession session) throws MediaSetupException {
    pair.build();
  }

  @Override
  public void leave(CoreSession session) {
    pair.silence();
    session.unlink();
    pair.partnerOf(session)
        .ifPresent(
            partner -> {
              partner.unlink();
              partner.tell(new SessionEvent.PeerFinished(session.describe()));
            });
  }

  /** Whether these two, in either order, are the ones. */
  boolean joins(CoreSession a, CoreSession b) {
    return pair.one() == a && pair.other() == b || pair.one() == b && pair.other() == a;
  }

  /** Ends it without anybody being told: the same two are connected anew. */
  void dissolve() {
    pair.silence();
    pair.one().unlink();
    pair.other().unlink();
  }

  @Override
  public List<PipelinePlan> plans(CoreSession session) {
    return pair.plans(session);
  }
}
