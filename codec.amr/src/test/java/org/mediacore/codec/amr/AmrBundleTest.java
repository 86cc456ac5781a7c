package org.mediacore.codec.amr;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.mediacore.tck.AudioCodecBundleContract;

/** codec.amr comes and goes while media.ffmpeg stays. */
class AmrBundleTest extends AudioCodecBundleContract {
  /** Outside of the container, whose files are to be let go of when codec.amr goes. */
  @TempDir static Path natives;

  @BeforeAll
  static void needsTheLibraries() {
    Amr.ffmpeg();
  }

  @Override
  protected List<String> companions() {
    return List.of("org.mediacore.media.ffmpeg");
  }

  @Override
  protected Map<String, String> frameworkProperties() {
    return Map.of("org.mediacore.ffmpeg.directory", natives.toString());
  }

  @Override
  protected int createCloseCycles() {
    return 2_000;
  }
}
