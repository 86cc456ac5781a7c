package org.mediacore.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mediacore.bench.platform.Generator;
import org.mediacore.bench.platform.JvmView;
import org.mediacore.bench.platform.PlatformProcess;
import org.mediacore.bench.platform.ProcessView;
import org.mediacore.bench.platform.Usage;

/** A platform with one loop on the measured core, watched while the generator loads it. */
final class LoadedPlatform implements AutoCloseable {
  private final PlatformProcess platform;
  private final ProcessView process;
  private final JvmView jvm;

  private LoadedPlatform(PlatformProcess platform, JvmView jvm) {
    this.platform = platform;
    this.process = new ProcessView(platform.pid());
    this.jvm = jvm;
  }

  /** Starts it. */
  static LoadedPlatform start() throws IOException {
    PlatformProcess platform = PlatformProcess.start("");
    try {
      LoadedPlatform loaded = new LoadedPlatform(platform, JvmView.connect(platform.pid()));
      loaded.look(); // what the first look costs is not to fall into a measurement
      return loaded;
    } catch (IOException e) {
      platform.close();
      throw e;
    }
  }

  Usage look() throws IOException {
    return Usage.of(process, jvm);
  }

  /**
   * Runs the generator against it.
   *
   * @param arguments what to do, without addresses
   */
  Generator.Run load(String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("--sip", platform.sip(), "--address", PlatformProcess.ADDRESS));
    all.addAll(List.of(arguments));
    Generator.Run run = Generator.run(this::look, all.toArray(String[]::new));
    if (!platform.isAlive()) {
      throw new IOException("the platform ended during the measurement");
    }
    return run;
  }

  @Override
  public void close() throws IOException {
    try (platform) {
      jvm.close();
    }
  }
}
