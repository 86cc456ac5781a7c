package org.mediacore.bench.material;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.codec.aac.AacCodecFactory;
import org.mediacore.codec.amr.AmrCodecFactory;
import org.mediacore.codec.g711.G711CodecFactory;
import org.mediacore.codec.g722.G722CodecFactory;
import org.mediacore.codec.ilbc.IlbcCodecFactory;
import org.mediacore.codec.l16.L16CodecFactory;
import org.mediacore.codec.opus.OpusCodecComponent;
import org.mediacore.ffmpeg.FFmpeg;
import org.mediacore.ffmpeg.host.FFmpegLibrary;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The codecs of the distribution, made outside the container, with their default configuration. */
public final class Codecs {
  private static final String LIBOPUS = "linux/%s/org/lwjgl/opus/libopus.so";
  private static final List<Object> COMPONENTS = new ArrayList<>();
  private static AudioCodecFactory opus;

  private Codecs() {}

  /**
   * Makes an encoder for 20 ms.
   *
   * @param rtpmap such as {@code PCMU/8000} or {@code opus/48000/2}
   * @throws MediaSetupException where no codec has this rtpmap, or it does not work here
   */
  public static AudioEncoder encoder(String rtpmap) throws MediaSetupException {
    return encoder(rtpmap, Fmtp.NONE);
  }

  /**
   * Makes an encoder for 20 ms that does what the receiver wishes; as {@link #encoder(String)}.
   *
   * @param remote what the receiver declares
   */
  public static AudioEncoder encoder(String rtpmap, Fmtp remote) throws MediaSetupException {
    Made made = find(rtpmap, remote);
    return made.factory.createEncoder(made.parameters);
  }

  /** Makes a decoder; as {@link #encoder(String)}. */
  public static AudioDecoder decoder(String rtpmap) throws MediaSetupException {
    Made made = find(rtpmap, Fmtp.NONE);
    return made.factory.createDecoder(made.parameters);
  }

  private record Made(AudioCodecFactory factory, CodecParameters parameters) {}

  private static Made find(String rtpmap, Fmtp remote) throws MediaSetupException {
    AudioCodecFactory factory = factory(rtpmap);
    for (CodecDescriptor descriptor : factory.descriptors()) {
      if (descriptor.rtpmap().equalsIgnoreCase(rtpmap)) {
        return new Made(factory, factory.negotiate(descriptor, remote, Fmtp.NONE).orElseThrow());
      }
    }
    throw unknown(rtpmap);
  }

  /**
   * The factory of a codec, with its default configuration.
   *
   * @param rtpmap such as {@code PCMU/8000}
   * @throws MediaSetupException where no codec has this encoding, or it does not work here
   */
  public static AudioCodecFactory factory(String rtpmap) throws MediaSetupException {
    String encoding = rtpmap.replaceFirst("/.*", "").toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "pcmu", "pcma" -> new G711CodecFactory();
      case "l16" -> new L16CodecFactory();
      case "g722" -> new G722CodecFactory();
      case "ilbc" -> new IlbcCodecFactory();
      case "opus" -> opus();
      case "amr", "amr-wb" -> new AmrCodecFactory(ffmpeg(), Map.of());
      case "aac" -> new AacCodecFactory(ffmpeg(), context(new ArrayList<>()), Map.of());
      default -> throw unknown(rtpmap);
    };
  }

  /** Made once: each one loads the library again. */
  private static synchronized AudioCodecFactory opus() {
    if (opus == null) {
      opus = opusFactory(Map.of());
    }
    return opus;
  }

  private static MediaSetupException unknown(String rtpmap) {
    return new MediaSetupException(
        MediaSetupException.Reason.NOT_SUPPORTED, "no such codec in the distribution", rtpmap);
  }

  /** Opus as it is where libopus cannot be loaded. */
  public static AudioCodecFactory pureJavaOpus() {
    return opusFactory(Map.of("native", false));
  }

  /**
   * Copies the libopus that codec.opus embeds, to be called from C.
   *
   * @param directory where to
   * @return the copy
   * @throws IOException where there is none for this machine
   */
  public static Path libopus(Path directory) throws IOException {
    String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
    Path copy = directory.resolve("libopus.so");
    ClassLoader loader = OpusCodecComponent.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(String.format(LIBOPUS, arch))) {
      if (in == null) {
        throw new IOException("codec.opus embeds no libopus for " + arch);
      }
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  private static FFmpeg ffmpeg() throws MediaSetupException {
    return FFmpegLibrary.load(temporaryDirectory());
  }

  /** The component registers its factory with a container; here that is a list. */
  private static synchronized AudioCodecFactory opusFactory(Map<String, Object> configuration) {
    List<AudioCodecFactory> registered = new ArrayList<>();
    COMPONENTS.add(new OpusCodecComponent(context(registered), configuration));
    return registered.get(0);
  }

  private static BundleContext context(List<AudioCodecFactory> registered) {
    Path directory = temporaryDirectory();
    return (BundleContext)
        Proxy.newProxyInstance(
            Codecs.class.getClassLoader(),
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
            Codecs.class.getClassLoader(),
            new Class<?>[] {ServiceRegistration.class},
            (proxy, called, ignored) -> null);
      }
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  private static Path temporaryDirectory() {
    try {
      Path directory = Files.createTempDirectory("mediacore-bench-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      return directory;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      System.err.println("left behind: " + directory + " (" + e.getMessage() + ")");
    }
  }
}
