package org.mediacore.interop;

import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
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

/** The codecs of the distribution, for phones in the test's own process. */
final class PhoneCodecs {
  private PhoneCodecs() {}

  /** L16 at 48 kHz: what a phone hears or says through it is what the other side gave or gets. */
  static PhoneCodec transparent() {
    return PhoneCodec.of("L16/48000", new L16CodecFactory(), "L16/48000");
  }

  /** L16 at 16 kHz. */
  static PhoneCodec wideband() {
    return PhoneCodec.of("L16/16000", new L16CodecFactory(), "L16/16000");
  }

  /**
   * Those that every machine has.
   *
   * @param folder where native libraries are unpacked to
   */
  static List<PhoneCodec> everywhere(Path folder) {
    PhoneCodec ilbc = PhoneCodec.of("iLBC 20 ms", new IlbcCodecFactory(), "iLBC/8000");
    return List.of(
        PhoneCodec.of("PCMU", new G711CodecFactory(), "PCMU/8000"),
        PhoneCodec.of("PCMA", new G711CodecFactory(), "PCMA/8000"),
        PhoneCodec.of("G722", new G722CodecFactory(), "G722/8000"),
        ilbc,
        new PhoneCodec("iLBC 30 ms", ilbc.factory(), ilbc.descriptor(), ilbc.fmtp())
            .with("mode", "30"),
        wideband(),
        opus(folder, Map.of()));
  }

  /** Whether media.ffmpeg has libraries for this machine. */
  static boolean ffmpegIsHere() {
    return (System.getProperty("os.name") + " " + System.getProperty("os.arch"))
        .equals("Linux amd64");
  }

  /** FFmpeg, loaded when first asked for: its loader keeps the first folder it is given. */
  private static final class Loaded {
    static final FFmpeg FFMPEG = load();

    private static FFmpeg load() {
      try {
        return FFmpegLibrary.load(Path.of("target", "natives"));
      } catch (MediaSetupException broken) {
        throw new AssertionError(broken);
      }
    }
  }

  /** Those on media.ffmpeg. */
  static List<PhoneCodec> onFfmpeg() {
    AudioCodecFactory amr = new AmrCodecFactory(Loaded.FFMPEG, Map.of());
    return List.of(
        PhoneCodec.of("AMR octet-aligned", amr, "AMR/8000").with("octet-align", "1"),
        PhoneCodec.of("AMR bandwidth-efficient", amr, "AMR/8000"),
        PhoneCodec.of("AMR-WB", amr, "AMR-WB/16000"));
  }

  /**
   * Opus.
   *
   * @param folder where its library is unpacked to
   * @param settings as in {@code conf/org.mediacore.codec.opus.cfg}
   */
  static PhoneCodec opus(Path folder, Map<String, ?> settings) {
    return PhoneCodec.of("opus", opusFactory(folder, Map.copyOf(settings)), "opus/48000/2");
  }

  /** The component registers its factory with a container; here that is a list. */
  private static AudioCodecFactory opusFactory(Path folder, Map<String, Object> settings) {
    List<AudioCodecFactory> registered = new ArrayList<>();
    ClassLoader loader = PhoneCodecs.class.getClassLoader();
    Object registration =
        Proxy.newProxyInstance(
            loader, new Class<?>[] {ServiceRegistration.class}, (proxy, method, ignored) -> null);
    Object context =
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getDataFile" -> new File(folder.toFile(), (String) arguments[0]);
                  case "getProperty" -> null;
                  case "registerService" -> {
                    registered.add((AudioCodecFactory) arguments[1]);
                    yield registration;
                  }
                  default -> throw new UnsupportedOperationException(method.toString());
                });
    new OpusCodecComponent((BundleContext) context, settings);
    return registered.get(0);
  }
}
