package org.mediacore.runtime.session;

import org.mediacore.api.session.SessionEvent;
import org.mediacore.runtime.pipeline.DecodeStage;
import org.mediacore.runtime.pipeline.LegListener;
import org.mediacore.runtime.registry.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears a session's leg, on the loop, and passes on what is new, off the loop. */
final class LegWatch implements LegListener {
  private static final Logger LOG = LoggerFactory.getLogger(LegWatch.class);

  private final CoreSession session;
  private boolean inactivityTold;
  private boolean failureTold;

  LegWatch(CoreSession session) {
    this.session = session;
  }

  /** Tells once per silence. */
  @Override
  public void silentFor(long silentNs) {
    long limitMs = session.platform().settings().inactivityMs();
    long silentMs = silentNs / 1_000_000;
    boolean inactive = limitMs > 0 && silentMs >= limitMs;
    if (inactive && !inactivityTold) {
      session.tell(new SessionEvent.MediaInactive(silentMs));
    }
    inactivityTold = inactive;
  }

  /** The runtime looks for another provider. */
  @Override
  public void failing(Provider provider, String what) {
    String why = provider + ": its " + what + " fails in session " + session.id();
    session.platform().background().execute(() -> session.platform().failing(provider, why));
  }

  /** The session closes it. */
  @Override
  public void formerCodecEnded(DecodeStage decoder) {
    session.platform().background().execute(() -> session.media().formerEnded(decoder));
  }

  /** Logs the first failure; the session's counters have them all. */
  @Override
  public void failed(Throwable cause) {
    if (!failureTold) {
      failureTold = true;
      session
          .platform()
          .background()
          .execute(() -> LOG.error("session {}: what serves it failed", session.id(), cause));
    }
  }
}
