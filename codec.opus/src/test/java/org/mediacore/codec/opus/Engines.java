package org.mediacore.codec.opus;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/** Engines and parameters for tests. */
final class Engines {
  private Engines() {}

  /** libopus, copied to {@code directory}; skips the test on a platform without one. */
  static OpusEngine libopus(Path directory) {
    String osName = System.getProperty("os.name");
    String osArch = System.getProperty("os.arch");
    Assumptions.assumeTrue(
        NativePlatform.of(osName, osArch).isPresent(),
        "no libopus is embedded for " + osName + " on " + osArch);
    OpusEngine engine = new EngineChoice(osName, osArch, directory).engine(Optional.empty());
    assertInstanceOf(NativeEngine.class, engine, "libopus did not load");
    return engine;
  }

  /** Parameters at a rate with channels, where each side declares {@code remote} or nothing. */
  static CodecParameters parameters(AudioFormat format, int frameUs, Fmtp remote) {
    CodecDescriptor descriptor =
        new OpusCodecFactory(new JavaEngine(), OpusSettings.DEFAULT).descriptors().get(0);
    return new CodecParameters(descriptor, format, format, Fmtp.NONE, remote, frameUs);
  }
}
