package org.mediacore.runtime;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.api.file.MediaFileFormat;
import org.mediacore.api.payload.PayloadFormat;
import org.mediacore.api.processing.AudioProcessorFactory;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.swap.CanarySwaps;
import org.mediacore.api.swap.SwapHistory;
import org.mediacore.api.swap.SwapListener;
import org.mediacore.api.transport.TransportFactory;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.loop.LoopGroup;
import org.mediacore.runtime.loop.LoopWatchdog;
import org.mediacore.runtime.loop.NioNetwork;
import org.mediacore.runtime.processing.ProcessorProvider;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.session.CoreMediaManager;
import org.mediacore.runtime.session.Platform;
import org.mediacore.runtime.session.PortAllocator;
import org.mediacore.runtime.session.PortRange;
import org.mediacore.runtime.session.Services;
import org.mediacore.runtime.session.SwapLog;
import org.mediacore.runtime.session.Swaps;
import org.mediacore.runtime.session.Trials;
import org.mediacore.runtime.transport.TransportProvider;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the loops and registers the {@link MediaManager}. */
@Component(
    configurationPid = ConfigReader.PID,
    immediate = true,
    service = {})
@Designate(ocd = RuntimeConfig.class)
public final class RuntimeComponent {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeComponent.class);
  private static final long BACKGROUND_WAIT_S = 5;

  /** A loop that has not turned for this long is reported. */
  private static final long WATCH_INTERVAL_MS = 500;

  private static final long LONGEST_REST_NS = 50_000_000L;

  private final Services services = Services.empty();
  private final List<SwapListener> swapListeners = new CopyOnWriteArrayList<>();
  private final ConfigReader reader = new ConfigReader();
  private ExecutorService background;
  private LoopGroup loops;
  private Platform platform;
  private PortAllocator ports;
  private CoreMediaManager manager;
  private ExecutorService trials;
  private volatile SwapSchedule schedule;
  private ScheduledExecutorService watch;
  private ExecutorService closes;
  private Swaps swaps;
  private SwapLog swapLog;
  private ServiceRegistration<MediaManager> registration;
  private ServiceRegistration<SwapHistory> swapRegistration;
  private ServiceRegistration<CanarySwaps> canaryRegistration;
  private ExecutorService canaryThreads;

  @Activate
  void activate(BundleContext context, RuntimeConfig config) throws IOException {
    reader.read(config);
    background = Executors.newSingleThreadExecutor(task -> daemon(task, "media-background"));
    // Started here: a thread remembers the code that started it, and would hold on to the bundle of
    // the first endpoint that lets it tell something.
    background.execute(() -> LOG.debug("the media runtime starts"));
    closes = Executors.newCachedThreadPool(task -> modest(task, "media-close"));
    NioNetwork network = new NioNetwork();
    loops = LoopGroup.start(ConfigReader.loops(config), network, new FaultLog(background)::accept);
    platform = new Platform(loops, services, background, closes, reader.settings());
    ports = new PortAllocator(network, reader.range());
    manager = new CoreMediaManager(platform, ports);
    trials = Executors.newCachedThreadPool(task -> modest(task, "media-trial"));
    swapLog = new SwapLog(services.standing(), swapListeners, background);
    swaps =
        new Swaps(
            platform,
            new Trials(trials, () -> platform.settings().swapTimes().trialMs()),
            swapLog,
            RuntimeComponent::rest);
    schedule =
        new SwapSchedule(
            task -> modest(task, "media-swap"),
            this::update,
            () -> platform.settings().swapTimes().graceMs());
    LoopWatchdog watchdog =
        new LoopWatchdog(
            loops.loops(),
            (loop, culprit) ->
                LOG.error("media loop {} stands still in {}", loop.index(), culprit));
    watch = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "media-watchdog"));
    watch.scheduleWithFixedDelay(
        watchdog::look, WATCH_INTERVAL_MS, WATCH_INTERVAL_MS, TimeUnit.MILLISECONDS);
    platform.onFailing(
        (provider, why) -> {
          swaps.quarantine(provider, why);
          schedule.look(); // does not put off what waits for the grace time
        });
    swapRegistration = context.registerService(SwapHistory.class, swapLog, new Hashtable<>());
    canaryThreads = Executors.newCachedThreadPool(task -> modest(task, "media-canary"));
    canaryRegistration =
        context.registerService(
            CanarySwaps.class,
            manager.canaries(swaps, canaryThreads, Thread::sleep),
            new Hashtable<>());
    registration = context.registerService(MediaManager.class, manager, properties(reader.range()));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** For work that must not take time from the loops where they fill a core. */
  private static Thread modest(Runnable task, String name) {
    Thread thread = daemon(task, name);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  /** Providers came or went: calls move to the best one, off this thread. */
  private void providersChanged() {
    SwapSchedule started = schedule;
    if (started != null) {
      started.changed();
    }
  }

  /**
   * A third of one core at most is for moving calls: where there is one core only, loops need it.
   */
  private static void rest(long workedNs) {
    LockSupport.parkNanos(Math.min(2 * workedNs, LONGEST_REST_NS));
  }

  private boolean update(boolean fallBack) {
    try {
      return manager.update(swaps, fallBack);
    } catch (RuntimeException failed) {
      LOG.error("calls could not be moved to another provider", failed);
      return true; // the same again would fail again
    }
  }

  /** Where media is received, or why not: ports are taken call by call, so one pair is tried. */
  private Dictionary<String, Object> properties(PortRange range) {
    Dictionary<String, Object> properties = new Hashtable<>();
    try {
      PortAllocator.Pair pair = ports.take();
      pair.rtp().close();
      pair.rtcp().close();
      ports.range(range); // the first call has the first port
      properties.put(MediaManager.LISTENING, new String[] {"rtp  udp " + range});
    } catch (MediaSetupException failed) {
      LOG.error("conf/{}.cfg: rtp={}: {}", ConfigReader.PID, range, failed.getMessage());
      properties.put(MediaManager.LISTENING_FAILED, "rtp: " + failed.getMessage());
    }
    return properties;
  }

  @Modified
  void modified(RuntimeConfig config) {
    int loopsBefore = loops.loops().size();
    reader.read(config);
    if (ConfigReader.loops(config) != loopsBefore) {
      LOG.warn("conf/{}.cfg: a change of loops needs a restart", ConfigReader.PID);
    }
    platform.settings(reader.settings());
    if (!reader.range().equals(ports.range())) {
      ports.range(reader.range());
      registration.setProperties(properties(reader.range()));
    }
  }

  @Deactivate
  void deactivate() throws InterruptedException {
    registration.unregister();
    swapRegistration.unregister();
    canaryRegistration.unregister();
    canaryThreads.shutdownNow();
    schedule.close();
    trials.shutdownNow();
    watch.shutdownNow();
    manager.close();
    loops.close();
    background.shutdown();
    if (!background.awaitTermination(BACKGROUND_WAIT_S, TimeUnit.SECONDS)) {
      LOG.warn("a listener is still busy; leaving it");
      background.shutdownNow();
    }
    closes.shutdown();
    if (!closes.awaitTermination(BACKGROUND_WAIT_S, TimeUnit.SECONDS)) {
      LOG.warn("something that was being closed is still busy; leaving it");
      closes.shutdownNow();
    }
  }

  // ---- services that come and go

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addCodec(AudioCodecFactory factory, ServiceReference<AudioCodecFactory> reference) {
    ProviderInfo info = info(reference);
    ClassPreloader.load(reference.getBundle());
    try {
      services.codecs().add(factory, info);
      LOG.info("codecs of {}: {}", info, names(factory));
      providersChanged();
    } catch (IllegalArgumentException broken) {
      LOG.error("the codecs of {} are not used: {}", info, broken.getMessage());
    }
  }

  void removeCodec(AudioCodecFactory factory, ServiceReference<AudioCodecFactory> reference) {
    int open = open(services.codecs().remove(factory));
    LOG.info("codecs of {} are gone; {} instances stay with their calls", info(reference), open);
    providersChanged();
  }

  private static int open(List<CodecProvider> removed) {
    return removed.stream().mapToInt(CodecProvider::openInstances).sum();
  }

  private static List<String> names(AudioCodecFactory factory) {
    return factory.descriptors().stream().map(descriptor -> descriptor.rtpmap()).toList();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addPayloadFormat(PayloadFormat format, ServiceReference<PayloadFormat> reference) {
    ClassPreloader.load(reference.getBundle());
    try {
      services.codecs().add(format, info(reference));
      LOG.info("payload format of {}: {}", info(reference), format.descriptor());
      providersChanged();
    } catch (IllegalArgumentException broken) {
      LOG.error("a payload format is not used: {}", broken.getMessage());
    }
  }

  void removePayloadFormat(PayloadFormat format, ServiceReference<PayloadFormat> reference) {
    int open = open(services.codecs().remove(format));
    LOG.info(
        "payload format of {} is gone; {} instances stay with their calls", info(reference), open);
    providersChanged();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addTransport(TransportFactory factory, ServiceReference<TransportFactory> reference) {
    ClassPreloader.load(reference.getBundle());
    try {
      services.transports().add(new TransportProvider(factory, info(reference)));
      providersChanged();
    } catch (IllegalArgumentException broken) {
      LOG.error("a transport is not used: {}", broken.getMessage());
    }
  }

  void removeTransport(TransportFactory factory) {
    services.transports().remove(provider -> provider.isOf(factory));
    providersChanged();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addProcessor(
      AudioProcessorFactory factory, ServiceReference<AudioProcessorFactory> reference) {
    ClassPreloader.load(reference.getBundle());
    try {
      ProcessorProvider provider = new ProcessorProvider(factory, info(reference));
      services.processors().add(provider);
      LOG.info("{}", provider);
      providersChanged();
    } catch (IllegalArgumentException broken) {
      LOG.error("a processor is not used: {}", broken.getMessage());
    }
  }

  void removeProcessor(AudioProcessorFactory factory) {
    services.processors().remove(provider -> provider.isOf(factory));
    providersChanged();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addSwapListener(SwapListener listener) {
    swapListeners.add(listener);
  }

  void removeSwapListener(SwapListener listener) {
    swapListeners.remove(listener);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addEndpoint(EndpointProvider provider, ServiceReference<EndpointProvider> reference) {
    ClassPreloader.load(reference.getBundle());
    services.endpoints().add(provider, info(reference));
  }

  void removeEndpoint(EndpointProvider provider) {
    services.endpoints().remove(provider);
  }

  /** Endpoints use it, not the runtime; but its readers and writers outlive it, too. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addFileFormat(ServiceReference<MediaFileFormat> reference) {
    ClassPreloader.load(reference.getBundle());
    LOG.info("file format of {}", info(reference));
  }

  void removeFileFormat(ServiceReference<MediaFileFormat> reference) {
    LOG.info("file format of {} is gone; files that it has opened go on", info(reference));
  }

  private static ProviderInfo info(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
    return new ProviderInfo(
        bundle == null ? "unknown" : bundle.getSymbolicName(),
        bundle == null ? org.osgi.framework.Version.emptyVersion : bundle.getVersion(),
        ranking instanceof Integer number ? number : 0,
        (Long) reference.getProperty(Constants.SERVICE_ID));
  }
}
