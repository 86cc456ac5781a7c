package org.mediacore.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.api.endpoint.EndpointRequest;
import org.mediacore.api.session.CodecInfo;
import org.mediacore.api.session.LoopReport;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.ProcessorInfo;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.api.session.SessionOptions;

/**
 * A platform without network and media: sessions and rooms remember what they are connected to, and
 * tests see it. Everything happens on the calling thread.
 */
public final class FakeMediaManager implements MediaManager {
  private final List<FakeMediaSession> sessions = new ArrayList<>();
  private final List<FakeRoom> rooms = new ArrayList<>();
  private final ConcurrentMap<String, FakeRoom> roomsByName = new ConcurrentHashMap<>();
  private final List<EndpointProvider> providers = new ArrayList<>();
  private int maxSessions = Integer.MAX_VALUE;
  private int made;

  /** Makes a platform without sessions. */
  public FakeMediaManager() {}

  @Override
  public synchronized FakeMediaSession createSession(SessionOptions options)
      throws MediaSetupException {
    if (sessions.size() >= maxSessions) {
      throw new MediaSetupException(
          Reason.LIMIT_REACHED, "the limit of sessions is reached", "" + maxSessions);
    }
    FakeMediaSession session = new FakeMediaSession(this, "fake-" + ++made, options);
    sessions.add(session);
    return session;
  }

  /** A session without options. */
  public FakeMediaSession call() {
    try {
      return createSession(SessionOptions.builder().build());
    } catch (MediaSetupException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Room room(RoomOptions options) {
    FakeRoom there = roomsByName.get(FakeRoom.describe(options));
    return there == null ? newRoom(options) : there;
  }

  private synchronized FakeRoom newRoom(RoomOptions options) {
    FakeRoom room = new FakeRoom(options, roomsByName);
    rooms.add(room);
    return room;
  }

  @Override
  public void open(MediaSession session, String address) throws EndpointException {
    for (EndpointProvider provider : List.copyOf(providers)) {
      if (provider.handles(address)) {
        provider.open(new EndpointRequest(address, session, this));
        return;
      }
    }
    throw new EndpointException(EndpointException.Reason.NOT_FOUND, "nobody knows " + address);
  }

  @Override
  public synchronized List<MediaSession> sessions() {
    return List.copyOf(sessions);
  }

  /** None: there are no codecs here. */
  @Override
  public List<CodecInfo> codecs() {
    return List.of();
  }

  /** None: there are no loops here. */
  @Override
  public List<LoopReport> loops() {
    return List.of();
  }

  /** None: there are no processors here. */
  @Override
  public List<ProcessorInfo> processors() {
    return List.of();
  }

  /** The rooms that were made, closed ones and those that nobody entered too. */
  public synchronized List<FakeRoom> rooms() {
    return List.copyOf(rooms);
  }

  /** Asks this provider when an address is opened. */
  public void addProvider(EndpointProvider provider) {
    providers.add(provider);
  }

  /** How many sessions may be open from now on. */
  public synchronized void maxSessions(int value) {
    maxSessions = value;
  }

  synchronized void forget(FakeMediaSession session) {
    sessions.remove(session);
  }
}
