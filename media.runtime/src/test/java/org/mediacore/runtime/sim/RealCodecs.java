package org.mediacore.runtime.sim;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.codec.opus.OpusCodecComponent;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The distribution's codecs outside a container, and as many factories of one as are wanted. */
public final class RealCodecs {
  private static final List<Object> COMPONENTS = new ArrayList<>();

  private RealCodecs() {}

  /** Opus with a libopus of its own: another copy of the library at each call. */
  public static synchronized AudioCodecFactory opus() {
    List<AudioCodecFactory> registered = new ArrayList<>();
    COMPONENTS.add(new OpusCodecComponent(context(registered), Map.of()));
    return registered.get(0);
  }

  /** Another factory of the same codec, as another version of its bundle has. */
  static AudioCodecFactory another(AudioCodecFactory real) {
    return new Another(real);
  }

  private static BundleContext context(List<AudioCodecFactory> registered) {
    Path directory = temporaryDirectory();
    return (BundleContext)
        Proxy.newProxyInstance(
            RealCodecs.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> answer(method, arguments, directory, registered));
  }

  private static Object answer(
      Method method, Object[] arguments, Path directory, List<AudioCodecFactory> registered) {
    return switch (method.getName()) {
      case "getDataFile" -> new File(directory.toFile(), (String) arguments[0]);
      case "getProperty" -> null;
      case "registerService" -> {
        registered.add((AudioCodecFactory) arguments[1]);
        yield Proxy.newProxyInstance(
            RealCodecs.class.getClassLoader(),
            new Class<?>[] {ServiceRegistration.class},
            (proxy, called, ignored) -> null);
      }
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  private static Path temporaryDirectory() {
    try {
      Path directory = Files.createTempDirectory("mediacore-test-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      return directory;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException broken) {
      System.err.println("left behind: " + directory + " (" + broken.getMessage() + ")");
    }
  }

  private static final class Another extends WrappedCodec {
    Another(AudioCodecFactory real) {
      super(real);
    }

    @Override
    public boolean passesUnchanged(CodecParameters from, CodecParameters to) {
      return real.passesUnchanged(from, to);
    }

    @Override
    public int primingMs(CodecDescriptor descriptor) {
      return real.primingMs(descriptor);
    }
  }
}
