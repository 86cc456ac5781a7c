package org.mediacore.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.session.AudioPort;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.Description;
import org.mediacore.api.session.MediaPeer;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Negotiation;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.api.session.SessionOptions;
import org.mediacore.api.session.SessionReport;

/**
 * A session without media: it keeps the rules of {@link MediaSession} about what it is connected
 * to, and a test plays the media loop with {@link #tick}.
 */
public final class FakeMediaSession implements MediaSession {
  private final FakeMediaManager manager;
  private final String id;
  private final SessionOptions options;
  private final List<SessionEvent> events = new ArrayList<>();
  private Optional<MediaPeer> peer = Optional.empty();
  private Optional<ConnectOptions> connectOptions = Optional.empty();
  private Optional<MediaSetupException> refusal = Optional.empty();
  private boolean open = true;

  FakeMediaSession(FakeMediaManager manager, String id, SessionOptions options) {
    this.manager = manager;
    this.id = id;
    this.options = options;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String describe() {
    return "session " + id;
  }

  /** One that refuses: there is nothing to negotiate here. */
  @Override
  public Negotiation negotiation() {
    return new NoNegotiation();
  }

  @Override
  public void connect(MediaPeer other, ConnectOptions how) throws MediaSetupException {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    requireOpen();
    if (other instanceof FakeMediaSession session) {
      session.requireOpen();
    } else if (other instanceof FakeRoom room) {
      room.enter(this);
    }
    if (!(other instanceof FakeRoom) || !peer.equals(Optional.of(other))) {
      leavePeer();
    }
    peer = Optional.of(other);
    connectOptions = Optional.of(how);
    if (other instanceof FakeMediaSession session && session != this) {
      session.leavePeer();
      session.peer = Optional.of(this);
      session.connectOptions = Optional.of(how);
    }
  }

  private void requireOpen() throws MediaSetupException {
    if (!open) {
      throw new MediaSetupException(Reason.WRONG_STATE, "the session is closed", id);
    }
  }

  private void leavePeer() {
    Optional<MediaPeer> left = peer;
    peer = Optional.empty();
    if (left.isEmpty() || left.get() == this) {
      return;
    }
    if (left.get() instanceof AudioPort port) {
      port.close();
    } else if (left.get() instanceof FakeRoom room) {
      room.leave(this);
    } else if (left.get() instanceof FakeMediaSession session) {
      session.peerFinished(this);
    }
  }

  void peerFinished(MediaPeer gone) {
    peer = Optional.empty();
    tell(new SessionEvent.PeerFinished(gone.describe()));
  }

  void tell(SessionEvent event) {
    events.add(event);
    options.listener().onEvent(this, event);
  }

  @Override
  public SessionReport report() {
    return new SessionReport(
        id, options.label(), peer.map(MediaPeer::describe).orElse(""), "", 0, 0, List.of());
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      manager.forget(this);
      leavePeer();
      tell(new SessionEvent.Closed());
    }
  }

  /** What it is connected to. */
  public Optional<MediaPeer> peer() {
    return peer;
  }

  /** How it is connected. */
  public Optional<ConnectOptions> connectOptions() {
    return connectOptions;
  }

  /** Whether it is open. */
  public boolean isOpen() {
    return open;
  }

  /** What its listener was told. */
  public List<SessionEvent> events() {
    return List.copyOf(events);
  }

  /** Fails every {@link #connect} from now on. */
  public void refuseConnect(MediaSetupException why) {
    refusal = Optional.of(why);
  }

  /**
   * Plays one tick of the media loop with the port it is connected to.
   *
   * @param heard what the far end sent, interleaved in the port's format
   * @return what the port gave: no more than was heard; the listener hears when it is finished
   */
  public short[] tick(short[] heard) {
    AudioPort port = (AudioPort) peer.orElseThrow();
    int channels = port.format().channels();
    int samples = heard.length / channels;
    short[] given = new short[heard.length];
    int count = port.read(given, 0, samples);
    port.write(heard, 0, samples);
    if (count < 0) {
      leavePeer();
      tell(new SessionEvent.PeerFinished(port.describe()));
      return new short[0];
    }
    return Arrays.copyOf(given, count * channels);
  }

  /** Refuses everything. */
  private static final class NoNegotiation implements Negotiation {
    private static MediaSetupException refused() {
      return new MediaSetupException(Reason.NOT_SUPPORTED, "a fake session negotiates nothing", "");
    }

    @Override
    public Description createOffer() throws MediaSetupException {
      throw refused();
    }

    @Override
    public Description createAnswer() throws MediaSetupException {
      throw refused();
    }

    @Override
    public void setLocal(Description description) throws MediaSetupException {
      throw refused();
    }

    @Override
    public void setRemote(Description description) throws MediaSetupException {
      throw refused();
    }
  }
}
