package org.mediacore.ffmpeg.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.ffmpeg.CodecSetup;
import org.mediacore.ffmpeg.FFmpeg;
import org.mediacore.ffmpeg.FrameDecoder;
import org.mediacore.ffmpeg.FrameEncoder;

/** FFmpeg in this process: libavcodec and what it needs, loaded once per class loader. */
public final class FFmpegLibrary implements FFmpeg {
  private final String description;

  private FFmpegLibrary() {
    int version = avcodec.avcodec_version();
    description =
        "libavcodec %d.%d.%d (%s)"
            .formatted(
                version >> 16,
                version >> 8 & 0xFF,
                version & 0xFF,
                avcodec.avcodec_license().getString());
  }

  /**
   * Loads the libraries.
   *
   * @param directory where they are unpacked to. A Java process loads a library file once, so each
   *     revision of the bundle needs a directory of its own
   * @throws MediaSetupException where there are none for this machine, or they cannot be loaded;
   *     says which and why
   */
  public static FFmpegLibrary load(Path directory) throws MediaSetupException {
    String platform = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    try {
      initialiseJavaCpp(directory);
      Loader.load(avutil.class);
      Loader.load(avcodec.class);
    } catch (IOException | LinkageError | RuntimeException broken) {
      throw new MediaSetupException(
          Reason.RESOURCE_MISSING,
          "the FFmpeg libraries cannot be loaded (" + rootOf(broken) + ")",
          platform,
          broken);
    }
    avutil.av_log_set_level(avutil.AV_LOG_QUIET); // what fails is told by status and exception
    return new FFmpegLibrary();
  }

  /**
   * JavaCPP reads its settings from system properties when its classes are initialised. They are
   * ours alone for that moment: libraries are unpacked into {@code directory}, and there is no
   * thread that frees memory behind the garbage collector's back, which would keep the bundle's
   * class loader alive; everything here is freed by {@code close}.
   */
  private static void initialiseJavaCpp(Path directory) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    settings.put("org.bytedeco.javacpp.cachedir", directory.toString());
    settings.put("org.bytedeco.javacpp.nopointergc", "true");
    settings.put("org.bytedeco.javacpp.maxphysicalbytes", "0");
    synchronized (System.getProperties()) {
      Map<String, String> before = new TreeMap<>();
      settings.keySet().stream()
          .filter(key -> System.getProperty(key) != null)
          .forEach(key -> before.put(key, System.getProperty(key)));
      settings.forEach(System::setProperty);
      try {
        Loader.getCacheDir();
        Class.forName(Pointer.class.getName(), true, FFmpegLibrary.class.getClassLoader());
      } catch (ClassNotFoundException impossible) {
        throw new NoClassDefFoundError(impossible.getMessage());
      } finally {
        settings.keySet().forEach(System::clearProperty);
        before.forEach(System::setProperty);
      }
    }
  }

  private static Throwable rootOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public boolean hasDecoder(String name) {
    AVCodec codec = avcodec.avcodec_find_decoder_by_name(name);
    return codec != null && !codec.isNull();
  }

  @Override
  public boolean hasEncoder(String name) {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(name);
    return codec != null && !codec.isNull();
  }

  @Override
  public FrameDecoder openDecoder(CodecSetup setup) throws MediaSetupException {
    return new NativeDecoder(setup);
  }

  @Override
  public FrameEncoder openEncoder(CodecSetup setup) throws MediaSetupException {
    return new NativeEncoder(setup);
  }
}
