package org.mediacore.runtime.session;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointRequest;
import org.mediacore.api.session.CodecInfo;
import org.mediacore.api.session.LoopReport;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.ProcessorInfo;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.api.session.SessionOptions;
import org.mediacore.runtime.loop.MediaLoop;
import org.mediacore.runtime.processing.ProcessorProvider;
import org.mediacore.runtime.registry.ProviderRegistry;

/** The platform as applications see it. */
public final class CoreMediaManager implements MediaManager, AutoCloseable {
  private final Platform platform;
  private final PortAllocator ports;
  private final LongSupplier seeds;
  private final Map<String, CoreSession> sessions = new ConcurrentHashMap<>();
  private final RoomNames roomNames = new RoomNames();
  private final AtomicInteger reserved = new AtomicInteger();
  private final AtomicLong nextId = new AtomicLong(1);

  /** A manager whose sessions have unpredictable numbers. */
  public CoreMediaManager(Platform platform, PortAllocator ports) {
    this(platform, ports, new SecureRandom()::nextLong);
  }

  /** A manager with given seeds, for tests that are to be repeatable. */
  public CoreMediaManager(Platform platform, PortAllocator ports, LongSupplier seeds) {
    this.platform = platform;
    this.ports = ports;
    this.seeds = seeds;
  }

  @Override
  public MediaSession createSession(SessionOptions options) throws MediaSetupException {
    int limit = platform.settings().maxSessions();
    if (reserved.incrementAndGet() > limit) {
      reserved.decrementAndGet();
      throw new MediaSetupException(
          Reason.LIMIT_REACHED, "the limit of sessions is reached", String.valueOf(limit));
    }
    try {
      return open(options);
    } catch (MediaSetupException failed) {
      reserved.decrementAndGet();
      throw failed;
    }
  }

  private CoreSession open(SessionOptions options) throws MediaSetupException {
    PortAllocator.Pair pair = ports.take();
    String id = String.valueOf(nextId.getAndIncrement());
    SplittableRandom random = new SplittableRandom(seeds.getAsLong());
    // RFC 8866 §5.2 wants a numeric id; 62 bits stay positive in every implementation.
    SessionIdentity identity = new SessionIdentity(random, random.nextLong() >>> 2);
    CoreSession session =
        new CoreSession(
            id,
            options,
            platform,
            pair,
            platform.loops().leastLoaded(),
            identity,
            () -> {
              if (sessions.remove(id) != null) {
                reserved.decrementAndGet();
              }
            });
    sessions.put(id, session);
    return session;
  }

  @Override
  public Room room(RoomOptions options) {
    return roomNames.holder(options).orElseGet(() -> newRoom(options));
  }

  private CoreRoom newRoom(RoomOptions options) {
    return options.mode() == RoomOptions.Mode.BRIDGE
        ? new BridgeRoom(options, roomNames, platform)
        : new MixRoom(options, roomNames, platform);
  }

  @Override
  public void open(MediaSession session, String address) throws EndpointException {
    EndpointOpening opening = new EndpointOpening(new EndpointRequest(address, session, this));
    opening.run(platform.endpoints());
  }

  @Override
  public List<MediaSession> sessions() {
    return new ArrayList<>(sessions.values());
  }

  @Override
  public List<CodecInfo> codecs() {
    return platform.codecs().describe();
  }

  @Override
  public List<ProcessorInfo> processors() {
    ProviderRegistry<ProcessorProvider> processors = platform.processors();
    return processors.all().stream()
        .map(
            provider ->
                new ProcessorInfo(
                    provider.descriptor(),
                    provider.info().toString(),
                    provider.info().ranking(),
                    processors.best(provider::isLike).filter(best -> best == provider).isPresent(),
                    provider.openInstances()))
        .toList();
  }

  @Override
  public List<LoopReport> loops() {
    return platform.loops().loops().stream().map(CoreMediaManager::report).toList();
  }

  private static LoopReport report(MediaLoop loop) {
    try {
      return Platform.await(
          loop,
          () ->
              new LoopReport(
                  loop.index(),
                  loop.load(),
                  loop.lateness().ticks(),
                  loop.lateness().percentileUs(0.5),
                  loop.lateness().percentileUs(0.99),
                  loop.lateness().maxUs()));
    } catch (MediaSetupException stuck) {
      throw new IllegalStateException(stuck.getMessage(), stuck);
    }
  }

  /** Moves calls to the best provider of their parts; see {@link Swaps#update}. */
  public boolean update(Swaps swaps, boolean fallBack) {
    return swaps.update(sessions.values(), fallBack);
  }

  /** Tries newcomers on a share of this manager's sessions. */
  public Canaries canaries(Swaps swaps, ExecutorService threads, Canaries.Pause pause) {
    return new Canaries(platform, swaps, sessions::values, threads, pause);
  }

  /** Closes all sessions. */
  @Override
  public void close() {
    sessions.values().forEach(CoreSession::close);
  }
}
