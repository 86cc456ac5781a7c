package org.mediacore.runtime.session;

import java.util.List;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.runtime.pipeline.Inbound;
import org.mediacore.runtime.plan.PipelinePlan;

/** A session connected to another one, or to itself. */
final class PairLink implements Link {
  private final SessionPair pair;

  PairLink(CoreSession one, CoreSession other, ConnectOptions options, Platform platform) {
    this.pair = new SessionPair(one, other, options, platform);
  }

  @Override
  public String describe() {
    return pair.one() == pair.other()
        ? "echo"
        : pair.one().id() + " with " + pair.other().id();
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
    pair.build();
  }

  @Override
  public void rebuild(CoreSession session) throws MediaSetupException {
    pair.build();
  }

  @Override
  public void leave(CoreSession session) {
    session.install(Inbound.NONE, false, false);
    session.unlink();
    pair.partnerOf(session)
        .ifPresent(
            partner -> {
              partner.install(Inbound.NONE, false, false);
              partner.unlink();
              partner.tell(new SessionEvent.PeerFinished(session.describe()));
            });
  }

  @Override
  public List<PipelinePlan> plans(CoreSession session) {
    return pair.plans(session);
  }

  @Override
  public Optional<Object> peer() {
    return Optional.empty();
  }
}
