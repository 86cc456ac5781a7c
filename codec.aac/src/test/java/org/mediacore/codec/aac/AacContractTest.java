package org.mediacore.codec.aac;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.ffmpeg.FFmpeg;
import org.mediacore.tck.AudioCodecBundleContract;
import org.mediacore.tck.AudioCodecFactoryContract;

/** The platform's contracts, kept where the machine has libfdk-aac. */
class AacContractTest {
  private static EncoderLibrary library;
  private static FFmpeg ffmpeg;

  /** Outside of the container, whose files are to be let go of when codec.aac goes. */
  @TempDir static Path natives;

  @BeforeAll
  static void load() {
    ffmpeg = Aac.ffmpeg();
    library = Aac.fdk();
  }

  @AfterAll
  static void release() {
    if (library != null) {
      library.release();
    }
  }

  private static AacCodecFactory factory() {
    return new AacCodecFactory(ffmpeg, AacSettings.DEFAULT, Optional.of(library));
  }

  /** A pair of libraries' codecs takes its time; the code around them is small. */
  private abstract static class Contract extends AudioCodecFactoryContract {
    @Override
    protected int createCloseCycles() {
      return 1_000;
    }

    @Override
    protected int warmUpFrames() {
      return 500;
    }
  }

  /** 48 and 24 kHz have one frame length in whole microseconds. */
  @Nested
  class At48And24 extends Contract {
    @Override
    protected AudioCodecFactory factory() {
      return new Rates(AacContractTest.factory(), 48_000, 24_000, 44_100);
    }
  }

  @Nested
  class MonoAt32 extends Contract {
    @Override
    protected AudioCodecFactory factory() {
      return new Rates(AacContractTest.factory(), 32_000).mono();
    }

    @Override
    protected List<Fmtp> configurations() {
      return List.of(Aac.fmtp("F8EA2000"), Aac.fmtp("BA8900"), Aac.fmtp("1288"));
    }
  }

  @Nested
  class Bundle extends AudioCodecBundleContract {
    @Override
    protected List<String> companions() {
      return List.of("org.mediacore.media.ffmpeg");
    }

    @Override
    protected Map<String, String> frameworkProperties() {
      return Map.of(
          "org.mediacore.ffmpeg.directory",
          natives.toString(),
          AacCodecFactory.LIBRARY_PROPERTY,
          Aac.fdkSettings().library());
    }

    @Override
    protected int createCloseCycles() {
      return 1_000;
    }
  }
}
