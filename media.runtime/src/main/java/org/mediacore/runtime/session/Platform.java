package org.mediacore.runtime.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.api.session.SessionOptions;
import org.mediacore.api.state.LatchPolicy;
import org.mediacore.runtime.codec.CodecRegistry;
import org.mediacore.runtime.loop.LoopGroup;
import org.mediacore.runtime.loop.MediaLoop;
import org.mediacore.runtime.plan.Planner;
import org.mediacore.runtime.processing.ProcessorProvider;
import org.mediacore.runtime.registry.Provider;
import org.mediacore.runtime.registry.ProviderRegistry;
import org.mediacore.runtime.registry.RankedServices;
import org.mediacore.runtime.registry.Standing;
import org.mediacore.runtime.transport.TransportProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sessions of a platform share: loops, registries, settings, the lock of the control side,
 * and an executor for what may block but need not be waited for (closing codecs, telling
 * listeners).
 */
public final class Platform {
  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
  private static final long LOOP_WAIT_S = 5;

  /** How long a loop is waited for. */
  static final long LOOP_WAIT_MS = LOOP_WAIT_S * 1_000;

  private record Retired(MediaLoop loop, List<CodecStages.Leaving> stages) {}

  private final List<Retired> retired = new ArrayList<>();

  private final LoopGroup loops;
  private final Services services;
  private final ReentrantLock lock = new ReentrantLock();
  private final Executor background;
  private final Executor closes;
  private volatile RuntimeSettings settings;
  private volatile BiConsumer<Provider, String> failing = (provider, why) -> LOG.error("{}", why);

  /**
   * @param loops the running loops
   * @param services the replaceable services, kept up to date by the caller
   * @param background runs tasks in order, one at a time; tells listeners
   * @param closes runs tasks that may hang
   */
  public Platform(
      LoopGroup loops,
      Services services,
      Executor background,
      Executor closes,
      RuntimeSettings settings) {
    this.loops = loops;
    this.closes = closes;
    this.services = services;
    this.background = background;
    settings(settings);
  }

  /** Changes the settings for what is set up from now on. */
  public void settings(RuntimeSettings newSettings) {
    settings = newSettings;
    services.codecs().prefer(newSettings.codecs());
  }

  public RuntimeSettings settings() {
    return settings;
  }

  public LoopGroup loops() {
    return loops;
  }

  public CodecRegistry codecs() {
    return services.codecs();
  }

  /** What is held for and against providers. */
  Standing standing() {
    return services.standing();
  }

  ProviderRegistry<ProcessorProvider> processors() {
    return services.processors();
  }

  boolean quarantine(Provider provider, String why) {
    return services.quarantine(provider, why);
  }

  ProviderRegistry<TransportProvider> transports() {
    return services.transports();
  }

  public RankedServices<EndpointProvider> endpoints() {
    return services.endpoints();
  }

  /** The stricter default unless the session or the configuration opted out. */
  LatchPolicy latchPolicyOf(SessionOptions options) {
    return options.latchPolicy() == LatchPolicy.ANY ? LatchPolicy.ANY : settings.latchPolicy();
  }

  /** Sets who finds another provider for one whose instances fail in calls. */
  public void onFailing(BiConsumer<Provider, String> handler) {
    failing = handler;
  }

  void failing(Provider provider, String why) {
    failing.accept(provider, why);
  }

  Planner planner() {
    return new Planner(settings.jitterDelayMs());
  }

  /** Guards links and what they have installed. Taken after a session's own lock, never before. */
  ReentrantLock lock() {
    return lock;
  }

  Executor background() {
    return background;
  }

  /** Where somebody's code is closed: it may hang, and nothing else may wait for it. */
  Executor closes() {
    return closes;
  }

  /**
   * Notes codec instances that nothing is given to any more once the commands of the present
   * operation have run on {@code loop}. Under the lock.
   */
  void retire(MediaLoop loop, List<CodecStages.Leaving> stages) {
    if (!stages.isEmpty()) {
      retired.add(new Retired(loop, stages));
    }
  }

  /**
   * Ends an operation: closes, behind all its commands, what it retired. Not before, since another
   * session's pipeline may use an instance until a later command. Under the lock.
   */
  void releaseRetired() {
    for (Retired entry : retired) {
      entry
          .loop()
          .execute(
              () -> {
                entry.stages().forEach(stage -> stage.release().run());
                closes.execute(() -> entry.stages().forEach(stage -> closeQuietly(stage.close())));
              });
    }
    retired.clear();
  }

  /** Closes something of somebody's; a failure is logged. */
  static void closeQuietly(Runnable close) {
    try {
      close.run();
    } catch (RuntimeException | LinkageError broken) {
      LOG.warn("an instance failed to close", broken);
    }
  }

  /**
   * Moves a session to a loop: it leaves its own at a frame boundary, packets wait at its ports,
   * and goes on there. Under the lock.
   */
  void move(CoreSession session, MediaLoop target) throws MediaSetupException {
    MediaLoop source = session.leg().loop();
    if (source == target) {
      return;
    }
    try {
      await(
          source,
          () -> {
            session.leg().detach();
            return null;
          });
    } catch (MediaSetupException stuck) {
      session.media().attachTo(source); // behind the detach that may still come
      throw stuck;
    }
    source.addLoad(-1);
    target.addLoad(1);
    session.media().attachTo(target);
  }

  /**
   * Waits until the session's loop has carried out what it was told so far, so that a packet which
   * the peer sends from now on finds everything in place. Not under the lock.
   */
  static void settle(CoreSession session) throws MediaSetupException {
    await(session.leg().loop(), () -> true);
  }

  /** Runs something on a loop and waits for its result. */
  static <T> T await(MediaLoop loop, java.util.function.Supplier<T> command)
      throws MediaSetupException {
    return await(loop, loop.call(command));
  }

  /** Waits for what was given to a loop. */
  static <T> T await(MediaLoop loop, java.util.concurrent.Future<T> result)
      throws MediaSetupException {
    try {
      return result.get(LOOP_WAIT_S, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw stuck(loop, interrupted);
    } catch (ExecutionException | TimeoutException failed) {
      throw stuck(loop, failed);
    }
  }

  /** What is thrown where a loop does not answer. */
  static MediaSetupException stuck(MediaLoop loop, Exception cause) {
    return new MediaSetupException(
        Reason.RESOURCE_MISSING, "a media loop did not answer", "loop " + loop.index(), cause);
  }
}
