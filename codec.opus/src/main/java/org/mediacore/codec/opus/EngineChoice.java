package org.mediacore.codec.opus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides between libopus and pure Java, and says which it is and why. */
final class EngineChoice {
  private static final Logger LOG = LoggerFactory.getLogger(EngineChoice.class);

  private final String osName;
  private final String osArch;
  private final Path directory;

  /**
   * @param osName value of the system property {@code os.name}
   * @param osArch value of {@code os.arch}
   * @param directory where libopus is copied to
   */
  EngineChoice(String osName, String osArch, Path directory) {
    this.osName = osName;
    this.osArch = osArch;
    this.directory = directory;
  }

  /**
   * Makes an engine; there always is one.
   *
   * @param switchedOff why libopus is not wanted; empty where it is
   */
  OpusEngine engine(Optional<String> switchedOff) {
    if (switchedOff.isPresent()) {
      return pureJava(switchedOff.get());
    }
    Optional<NativePlatform> platform = NativePlatform.of(osName, osArch);
    if (platform.isEmpty()) {
      return pureJava("no libopus is embedded for " + osName + " on " + osArch);
    }
    try {
      OpusEngine engine = NativeEngine.acquire(platform.get(), directory);
      LOG.info("Opus through {}", engine.description());
      return engine;
    } catch (IOException | LinkageError | RuntimeException broken) {
      String firstLine = broken.toString().lines().findFirst().orElse("");
      return pureJava("libopus cannot be loaded: " + firstLine);
    }
  }

  private static OpusEngine pureJava(String why) {
    OpusEngine engine = new JavaEngine();
    LOG.warn("Opus through {}, several times slower than libopus: {}", engine.description(), why);
    return engine;
  }
}
