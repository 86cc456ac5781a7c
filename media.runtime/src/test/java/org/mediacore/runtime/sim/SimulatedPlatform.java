package org.mediacore.runtime.sim;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.session.Description;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.api.session.SessionOptions;
import org.mediacore.api.swap.SwapListener;
import org.mediacore.codec.g711.G711CodecFactory;
import org.mediacore.codec.l16.L16CodecFactory;
import org.mediacore.runtime.loop.LoopGroup;
import org.mediacore.runtime.loop.MediaLoop;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.session.CoreMediaManager;
import org.mediacore.runtime.session.Platform;
import org.mediacore.runtime.session.PortAllocator;
import org.mediacore.runtime.session.PortRange;
import org.mediacore.runtime.session.RuntimeSettings;
import org.mediacore.runtime.session.Services;
import org.mediacore.runtime.session.SwapLog;
import org.mediacore.runtime.session.Swaps;
import org.mediacore.runtime.session.Trials;
import org.mediacore.runtime.transport.TransportProvider;
import org.mediacore.transport.udp.UdpTransportFactory;
import org.osgi.framework.Version;

/** The runtime with real codecs and transport on a simulated network, turned by the test. */
public final class SimulatedPlatform {
  public static final AudioCodecFactory G711 = new G711CodecFactory();
  public static final AudioCodecFactory L16 = new L16CodecFactory();

  private final SimulatedNetwork network;
  private final MediaLoop loop;
  private final Services services = Services.empty();
  private final CoreMediaManager manager;
  private final Platform platform;
  private final List<SwapListener> swapListeners = new ArrayList<>();
  private final SwapLog swapLog;
  private final List<Throwable> faults = new ArrayList<>();
  private final List<SessionEvent> events = new ArrayList<>();
  private int phones;

  public SimulatedPlatform(long seed, SimulatedNetwork.Impairment impairment) throws IOException {
    this(seed, impairment, RuntimeSettings.DEFAULT);
  }

  /** With other settings than those that hold unless configured. */
  public SimulatedPlatform(
      long seed, SimulatedNetwork.Impairment impairment, RuntimeSettings settings)
      throws IOException {
    network = new SimulatedNetwork(seed, impairment);
    loop = new MediaLoop(0, network.createEngine(), faults::add);
    loop.turnedBy(Thread.currentThread());
    services.codecs().add(G711, info("codec.g711", 1));
    services.codecs().add(L16, info("codec.l16", 2));
    services
        .transports()
        .add(new TransportProvider(new UdpTransportFactory(), info("transport.udp", 3)));
    platform =
        new Platform(LoopGroup.driven(loop), services, Runnable::run, Runnable::run, settings);
    swapLog = new SwapLog(services.standing(), swapListeners, Runnable::run);
    PortRange range = new PortRange(InetAddress.getByName("192.0.2.1"), 20_000, 29_999);
    long[] next = {seed};
    manager = new CoreMediaManager(platform, new PortAllocator(network, range), () -> next[0]++);
  }

  private static ProviderInfo info(String bundle, long id) {
    return new ProviderInfo(bundle, new Version(1, 0, 0), 0, id);
  }

  /** A phone with an address of its own. */
  public SimulatedPhone phone(AudioCodecFactory factory, String rtpmap, int type, double toneHz)
      throws IOException, MediaSetupException {
    phones++;
    InetSocketAddress local = new InetSocketAddress("198.51.100." + phones, 4000);
    return new SimulatedPhone(network, loop, local, factory, rtpmap, type, toneHz);
  }

  /** A session that has answered a phone's offer; the phone sends from now on. */
  public MediaSession answer(SimulatedPhone phone, String... attributes)
      throws MediaSetupException {
    MediaSession session = session();
    phone.call(negotiate(session, phone.offer(attributes)));
    return session;
  }

  /** A session without negotiation. */
  public MediaSession session() throws MediaSetupException {
    return manager.createSession(options().build());
  }

  /** Options whose listener is this platform's. */
  public SessionOptions.Builder options() {
    return SessionOptions.builder().listener((s, event) -> events.add(event));
  }

  /** Answers an offer and gives the answer's text. */
  public static String negotiate(MediaSession session, String offer) throws MediaSetupException {
    session.negotiation().setRemote(Description.offer(offer));
    Description answer = session.negotiation().createAnswer();
    session.negotiation().setLocal(answer);
    return answer.sdp();
  }

  /** Lets time pass. */
  public void run(int ms) throws IOException {
    network.run(loop, ms * 1_000_000L);
    if (!faults.isEmpty()) {
      throw new AssertionError("the loop caught " + faults.get(0), faults.get(0));
    }
  }

  /** What moves the sessions of this platform. */
  public Swaps swaps(ExecutorService trials, long trialLimitMs) {
    return new Swaps(platform, new Trials(trials, () -> trialLimitMs), swapLog, workedNs -> {});
  }

  /** Who hears of swaps. */
  public List<SwapListener> swapListeners() {
    return swapListeners;
  }

  /** The receipts. */
  public SwapLog swapLog() {
    return swapLog;
  }

  /** Puts a codec in place of another one. */
  public void replace(AudioCodecFactory former, AudioCodecFactory factory, String bundle) {
    services.codecs().remove(former);
    services.codecs().add(factory, info(bundle, 4));
  }

  public CoreMediaManager manager() {
    return manager;
  }

  public Services services() {
    return services;
  }

  public SimulatedNetwork network() {
    return network;
  }

  public MediaLoop loop() {
    return loop;
  }

  /** What the sessions' listeners were told. */
  public List<SessionEvent> events() {
    return events;
  }
}
