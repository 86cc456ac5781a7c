package org.mediacore.signaling.sip;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.codec.MediaKind;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.session.CodecInfo;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.Description;
import org.mediacore.api.session.DescriptionType;
import org.mediacore.api.session.LoopReport;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaPeer;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Negotiation;
import org.mediacore.api.session.ProcessorInfo;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.api.session.SessionOptions;
import org.mediacore.api.session.SessionReport;
import org.mediacore.api.session.StreamReport;
import org.mediacore.api.session.StreamStatistics;

/**
 * A platform without media. What an SDP says decides what becomes of it: {@code nonsense} is no
 * description, one without {@code PCMU} has no common codec. Addresses: {@code nobody}, {@code
 * busy}, {@code secret}, {@code full} are refused, {@code slow} waits for {@link #letGo}, all
 * others exist.
 */
final class FakeMediaManager implements MediaManager {
  static final String SDP =
      "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
          + "m=audio 40000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";

  private final ConcurrentMap<String, FakeSession> open = new ConcurrentHashMap<>();
  private final AtomicInteger made = new AtomicInteger();
  private final CountDownLatch slow = new CountDownLatch(1);
  private volatile int limit = Integer.MAX_VALUE;
  final List<String> opened = new CopyOnWriteArrayList<>();

  void limit(int sessions) {
    limit = sessions;
  }

  /** Lets the calls to {@code slow} go on. */
  void letGo() {
    slow.countDown();
  }

  int made() {
    return made.get();
  }

  FakeSession onlySession() {
    return open.values().iterator().next();
  }

  @Override
  public MediaSession createSession(SessionOptions options) throws MediaSetupException {
    if (open.size() >= limit) {
      throw new MediaSetupException(Reason.LIMIT_REACHED, "the limit of sessions is reached", "");
    }
    FakeSession session = new FakeSession("s" + made.incrementAndGet(), options);
    open.put(session.id(), session);
    return session;
  }

  @Override
  public Room room(RoomOptions options) {
    throw new UnsupportedOperationException("no rooms here");
  }

  @Override
  public void open(MediaSession session, String address) throws EndpointException {
    opened.add(address);
    switch (address) {
      case "nobody" -> throw new EndpointException(EndpointException.Reason.NOT_FOUND, "no one");
      case "busy" -> throw new EndpointException(EndpointException.Reason.BUSY, "taken");
      case "secret" -> throw new EndpointException(EndpointException.Reason.FORBIDDEN, "no entry");
      case "full" -> throw new EndpointException(EndpointException.Reason.UNAVAILABLE, "disk full");
      case "broken" -> throw new IllegalStateException("a fault of the endpoint");
      case "slow" -> await();
      default -> {}
    }
  }

  private void await() {
    try {
      slow.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public List<MediaSession> sessions() {
    return List.copyOf(open.values());
  }

  @Override
  public List<CodecInfo> codecs() {
    return List.of();
  }

  @Override
  public List<LoopReport> loops() {
    return List.of();
  }

  @Override
  public List<ProcessorInfo> processors() {
    return List.of();
  }

  /** A session that remembers what was agreed. */
  final class FakeSession implements MediaSession, Negotiation {
    private final String id;
    private final SessionOptions options;
    private Optional<Description> remoteOffer = Optional.empty();
    private boolean ourOffer;
    private int version;
    private String codec = "";
    final List<String> agreed = new CopyOnWriteArrayList<>();

    FakeSession(String id, SessionOptions options) {
      this.id = id;
      this.options = options;
    }

    void tell(SessionEvent event) {
      options.listener().onEvent(this, event);
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public Negotiation negotiation() {
      return this;
    }

    @Override
    public synchronized Description createOffer() {
      return Description.offer(SDP.replace("o=- 1 1", "o=- 7 " + ++version));
    }

    @Override
    public synchronized Description createAnswer() throws MediaSetupException {
      if (remoteOffer.isEmpty()) {
        throw new MediaSetupException(Reason.WRONG_STATE, "there is no offer", "");
      }
      return Description.answer(SDP.replace("o=- 1 1", "o=- 7 " + ++version));
    }

    @Override
    public synchronized void setLocal(Description description) {
      if (description.type() == DescriptionType.ROLLBACK) {
        ourOffer = false;
        agreed.add("local ROLLBACK");
        return;
      }
      ourOffer = description.type() == DescriptionType.OFFER;
      if (!ourOffer) {
        remoteOffer = Optional.empty();
        codec = "PCMU/8000";
      }
      agreed.add("local " + description.type());
    }

    @Override
    public synchronized void setRemote(Description description) throws MediaSetupException {
      if (description.type() == DescriptionType.ROLLBACK) {
        remoteOffer = Optional.empty();
        return;
      }
      if (description.sdp().contains("nonsense")) {
        throw new MediaSetupException(Reason.BAD_DESCRIPTION, "line 1 is no SDP", "nonsense");
      }
      if (!description.sdp().contains("PCMU")) {
        throw new MediaSetupException(Reason.NO_COMMON_CODEC, "no codec in common", "G729");
      }
      if (description.type() == DescriptionType.ANSWER) {
        if (!ourOffer) {
          throw new MediaSetupException(Reason.WRONG_STATE, "there is no offer of ours", "");
        }
        ourOffer = false;
        codec = "PCMU/8000";
      } else {
        remoteOffer = Optional.of(description);
      }
      agreed.add("remote " + description.type());
    }

    @Override
    public void connect(MediaPeer peer, ConnectOptions how) {
      throw new UnsupportedOperationException("nothing is connected here");
    }

    @Override
    public synchronized SessionReport report() {
      if (opened.contains("no-report")) {
        throw new IllegalStateException("a fault of the session");
      }
      StreamStatistics none =
          new StreamStatistics(
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              OptionalDouble.empty());
      StreamReport stream =
          new StreamReport(MediaKind.AUDIO, "sendrecv", codec, "", "", List.of(), none);
      return new SessionReport(id, options.label(), "", "", 0, 0, List.of(stream));
    }

    @Override
    public String describe() {
      return "session " + id;
    }

    @Override
    public void close() {
      if (open.remove(id) != null) {
        tell(new SessionEvent.Closed());
      }
    }
  }
}
