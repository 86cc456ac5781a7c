package org.mediacore.codec.opus;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.tck.AudioCodecFactoryContract;

/** The platform's contract, kept by libopus. */
class OpusContractTest extends AudioCodecFactoryContract {
  @TempDir static Path directory;
  private static OpusEngine engine;

  @BeforeAll
  static void load() {
    engine = Engines.libopus(directory);
  }

  @AfterAll
  static void unload() {
    engine.release();
  }

  /** The library that the tests of this class share. */
  static OpusEngine engine() {
    return engine;
  }

  @Override
  protected AudioCodecFactory factory() {
    return new OpusCodecFactory(engine, OpusSettings.DEFAULT);
  }

  @Override
  protected List<Fmtp> configurations() {
    return List.of(Fmtp.parse("stereo=1;sprop-stereo=1"), Fmtp.parse("usedtx=1"));
  }

  @Override
  protected int createCloseCycles() {
    return 2_000; // a pair that leaked would keep 300 KB
  }

  @Override
  protected int warmUpFrames() {
    return 1_000;
  }
}
