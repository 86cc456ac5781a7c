package org.mediacore.codec.aac;

import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether AAC can be encoded on this machine, and says so. */
final class EncoderChoice {
  private static final Logger LOG = LoggerFactory.getLogger(EncoderChoice.class);

  private EncoderChoice() {}

  /** The library, tried with one encoder; empty where there is none, which is no error. */
  static Optional<EncoderLibrary> library(AacSettings settings) {
    FdkLibrary library;
    try {
      library = FdkLibrary.acquire(settings.library());
    } catch (LinkageError | RuntimeException missing) {
      return none(settings, missing.toString().lines().findFirst().orElse(""));
    }
    if (!library.isOf(settings.library())) {
      LOG.warn("AAC stays with {} until its encoders are closed", library.description());
    }
    try {
      AudioFormat mono = new AudioFormat(32_000, 1); // has whole durations for all object types
      library.newEncoder(AacCodecFactory.offered(settings, mono), settings.bitrateBps()).close();
    } catch (MediaSetupException | RuntimeException refused) {
      library.release();
      return none(settings, refused.getMessage());
    }
    LOG.info("AAC is encoded through {}", library.description());
    return Optional.of(library);
  }

  private static Optional<EncoderLibrary> none(AacSettings settings, String why) {
    if (settings.library().isEmpty()) {
      LOG.info("AAC is decoded only; encoding needs libfdk-aac 2: {}", why);
    } else {
      LOG.error("{}: library = {}: {}", AacSettings.PID, settings.library(), why);
    }
    return Optional.empty();
  }
}
