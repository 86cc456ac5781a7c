package org.mediacore.runtime.sim;

import java.util.EnumMap;
import java.util.Map;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.processing.AudioProcessorFactory;
import org.mediacore.api.transport.TransportFactory;
import org.mediacore.example.highpass.Highpass;
import org.mediacore.runtime.processing.ProcessorProvider;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.session.Services;
import org.mediacore.runtime.session.Swaps;
import org.mediacore.runtime.transport.TransportProvider;
import org.mediacore.transport.udp.UdpTransportFactory;
import org.osgi.framework.Version;

/**
 * Swaps under running calls, in each of the ways that a registry sees: a newer version comes
 * beside, the only one there is is exchanged in place, and a newer one goes while the older is
 * still there.
 */
final class SwapScript {
  /** What is swapped. */
  enum Kind {
    OPUS("codec.opus"),
    G711("codec.g711"),
    HIGHPASS("highpass"),
    TRANSPORT("transport.udp");

    private final String bundle;

    Kind(String bundle) {
      this.bundle = bundle;
    }
  }

  private static final Version FIRST = new Version(1, 0, 0);
  private static final int STEP_MS = 60;
  private static final int WITHOUT_SERVICE_MS = 20;

  private final SimulatedPlatform platform;
  private final Swaps swaps;
  private final AudioCodecFactory opus;
  private final Map<Kind, Runnable> older = new EnumMap<>(Kind.class);
  private final Map<Kind, Runnable> newer = new EnumMap<>(Kind.class);
  private final Map<Kind, Integer> steps = new EnumMap<>(Kind.class);
  private long serviceId = 100;

  /**
   * @param first what provides Opus so far
   * @param opus what the newer versions of it are made of
   */
  SwapScript(
      SimulatedPlatform platform, Swaps swaps, AudioCodecFactory first, AudioCodecFactory opus) {
    this.platform = platform;
    this.swaps = swaps;
    this.opus = opus;
    Services services = platform.services();
    older.put(Kind.OPUS, () -> services.codecs().remove(first));
    older.put(Kind.G711, () -> services.codecs().remove(SimulatedPlatform.G711));
    older.put(
        Kind.HIGHPASS, () -> services.processors().remove(provider -> isFirst(provider.info())));
    older.put(
        Kind.TRANSPORT, () -> services.transports().remove(provider -> isFirst(provider.info())));
  }

  private static boolean isFirst(ProviderInfo info) {
    return info.version().equals(FIRST);
  }

  /** One swap, and the time until the next. */
  void swap(Kind kind) throws Exception {
    int step = steps.merge(kind, 1, Integer::sum) - 1;
    int minor = 1 + step / 4;
    int waitedMs = 0;
    switch (step % 4) {
      case 0 -> {
        Runnable added = add(kind, minor, 0);
        update();
        older.put(kind, added).run();
      }
      case 1 -> {
        older.get(kind).run();
        update();
        platform.run(WITHOUT_SERVICE_MS);
        waitedMs = WITHOUT_SERVICE_MS;
        older.put(kind, add(kind, minor, 0));
      }
      case 2 -> newer.put(kind, add(kind, minor, 1));
      default -> newer.remove(kind).run();
    }
    update();
    platform.run(STEP_MS - waitedMs);
  }

  private void update() {
    platform.manager().update(swaps, false);
  }

  /** Adds a provider; gives what removes it. */
  private Runnable add(Kind kind, int minor, int micro) {
    Services services = platform.services();
    ProviderInfo info = new ProviderInfo(kind.bundle, new Version(1, minor, micro), 0, serviceId++);
    return switch (kind) {
      case OPUS -> addCodec(opus, info);
      case G711 -> addCodec(SimulatedPlatform.G711, info);
      case HIGHPASS -> {
        AudioProcessorFactory factory = Highpass.create();
        services.processors().add(new ProcessorProvider(factory, info));
        yield () -> services.processors().remove(provider -> provider.isOf(factory));
      }
      case TRANSPORT -> {
        TransportFactory factory = new UdpTransportFactory();
        services.transports().add(new TransportProvider(factory, info));
        yield () -> services.transports().remove(provider -> provider.isOf(factory));
      }
    };
  }

  private Runnable addCodec(AudioCodecFactory real, ProviderInfo info) {
    AudioCodecFactory factory = RealCodecs.another(real);
    platform.services().codecs().add(factory, info);
    return () -> platform.services().codecs().remove(factory);
  }
}
