package org.mediacore.runtime.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.SessionOptions;
import org.mediacore.codec.g711.G711CodecFactory;
import org.mediacore.runtime.loop.LoopGroup;
import org.mediacore.runtime.loop.MediaLoop;
import org.mediacore.runtime.loop.NioNetwork;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.sim.SimulatedPlatform;
import org.mediacore.runtime.sim.WrappedCodec;
import org.mediacore.runtime.transport.TransportProvider;
import org.mediacore.transport.udp.UdpTransportFactory;
import org.osgi.framework.Version;

/** Swaps while one of two loops stands still in somebody's code. */
class StandingLoopTest {
  private static final String OFFER =
      "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
          + "m=audio 9 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";

  /** So long that a test which needs it fails. */
  private static final long FOR_EVER_MS = 600_000;

  private static final long SHORT_MS = 100;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final List<Successors> factories = new ArrayList<>();
  private final Services services = Services.empty();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private LoopGroup loops;
  private Platform platform;
  private CoreMediaManager manager;

  @BeforeEach
  void start() throws Exception {
    NioNetwork network = new NioNetwork();
    loops = LoopGroup.start(2, network, faults::add);
    services.codecs().add(new G711CodecFactory(), info("1.0.0", 1));
    services.transports().add(new TransportProvider(new UdpTransportFactory(), info("1.0.0", 2)));
    platform = new Platform(loops, services, Runnable::run, Runnable::run, RuntimeSettings.DEFAULT);
    PortRange range = new PortRange(InetAddress.getLoopbackAddress(), 32_000, 32_999);
    manager = new CoreMediaManager(platform, new PortAllocator(network, range));
  }

  @AfterEach
  void stop() {
    goOn.countDown();
    threads.shutdownNow();
    manager.close();
    loops.close();
    assertEquals(List.of(), faults);
  }

  private static ProviderInfo info(String version, long id) {
    return new ProviderInfo("codec.g711", Version.parseVersion(version), 0, id);
  }

  private Swaps swaps(long loopWaitMs) {
    return new Swaps(
        platform,
        new Trials(threads, () -> 10_000),
        new SwapLog(services.standing(), List.of(), Runnable::run),
        workedNs -> {},
        loopWaitMs);
  }

  /** Sessions that decode and encode, on both loops in turns. */
  private void calls(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      MediaSession session = manager.createSession(SessionOptions.builder().build());
      SimulatedPlatform.negotiate(session, OFFER);
      session.connect(session, ConnectOptions.DECODED);
    }
  }

  private Successors newer() {
    Successors factory = new Successors();
    factories.add(factory);
    services.codecs().add(factory, info("1." + factories.size() + ".0", 10 + factories.size()));
    return factory;
  }

  private MediaLoop loop(int index) {
    return loops.loops().get(index);
  }

  private void standStill(MediaLoop loop) throws InterruptedException {
    CountDownLatch stands = new CountDownLatch(1);
    loop.execute(
        () -> {
          stands.countDown();
          await(goOn);
        });
    stands.await();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many parts of sessions on a loop have a successor that waits for the next frame. */
  private long awaited(Swaps swaps, MediaLoop loop) {
    return manager.sessions().stream()
        .map(CoreSession.class::cast)
        .filter(session -> session.leg().loop() == loop)
        .flatMap(session -> swaps.partsOf(session).stream())
        .filter(part -> part.awaited().get().isPresent())
        .count();
  }

  @Test
  void sessionsOfOtherLoopsDoNotWaitForIt() throws Exception {
    Swaps swaps = swaps(FOR_EVER_MS);
    calls(12);
    newer();
    standStill(loop(0));
    Future<Boolean> pass = threads.submit(() -> manager.update(swaps, false));
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (awaited(swaps, loop(1)) < 12 && System.nanoTime() < endNs) {
      Thread.onSpinWait();
    }
    assertEquals(12, awaited(swaps, loop(1)));
    assertEquals(0, awaited(swaps, loop(0)));
    assertFalse(pass.isDone());
    goOn.countDown();
    assertTrue(pass.get(20, TimeUnit.SECONDS), "all were reached");
    assertEquals(12, awaited(swaps, loop(0)));
  }

  @Test
  void loopIsWaitedForOncePerPass() throws Exception {
    Swaps swaps = swaps(SHORT_MS);
    calls(60);
    newer();
    standStill(loop(0));
    long startNs = System.nanoTime();
    assertFalse(manager.update(swaps, false), "some were not reached");
    long tookMs = (System.nanoTime() - startNs) / 1_000_000;
    assertTrue(tookMs < 30 * SHORT_MS, tookMs + " ms for 30 sessions that cannot be reached");
    assertEquals(60, awaited(swaps, loop(1)));
    assertEquals(0, awaited(swaps, loop(0)));
    goOn.countDown();
    assertTrue(manager.update(swaps, false), "the next pass reaches all");
    assertEquals(60, awaited(swaps, loop(0)));
  }

  /** The loop stops answering between the copy of the frames and the hand-over. */
  @Test
  void successorThatCannotBeHandedOverIsClosedOnce() throws Exception {
    Swaps swaps = swaps(SHORT_MS);
    calls(1);
    Successors factory = newer();
    factory.beforeDecoder =
        () -> {
          factory.beforeDecoder = () -> {};
          try {
            standStill(loop(0));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    assertFalse(manager.update(swaps, false));
    assertEquals(1, factory.made.get());
    assertEquals(1, factory.closed.get(), "closed while the loop stands still");
    goOn.countDown();
    loop(0).call(() -> true).get(20, TimeUnit.SECONDS);
    assertEquals(0, awaited(swaps, loop(0)), "what is closed does not take over");
    assertEquals(1, factory.closed.get());
    assertTrue(manager.update(swaps, false));
    assertEquals(2, awaited(swaps, loop(0)));
    manager.close();
    loop(0).call(() -> true).get(20, TimeUnit.SECONDS);
    assertEquals(factory.made.get(), factory.closed.get());
  }

  /** G.711 that counts its instances. */
  private static final class Successors extends WrappedCodec {
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile Runnable beforeDecoder = () -> {};

    Successors() {
      super(new G711CodecFactory());
    }

    @Override
    public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
      made.incrementAndGet();
      AudioEncoder encoder = real.createEncoder(parameters);
      return new AudioEncoder() {
        @Override
        public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
          return encoder.encode(pcm, offset, samples, out);
        }

        @Override
        public boolean tune(EncoderTuning tuning) {
          return encoder.tune(tuning);
        }

        @Override
        public void close() {
          closed.incrementAndGet();
        }
      };
    }

    @Override
    public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
      beforeDecoder.run();
      made.incrementAndGet();
      AudioDecoder decoder = real.createDecoder(parameters);
      return new AudioDecoder() {
        @Override
        public int decode(ByteBuffer payload, short[] pcm, int offset) {
          return decoder.decode(payload, pcm, offset);
        }

        @Override
        public int samplesIn(ByteBuffer payload) {
          return decoder.samplesIn(payload);
        }

        @Override
        public void close() {
          closed.incrementAndGet();
        }
      };
    }
  }
}
