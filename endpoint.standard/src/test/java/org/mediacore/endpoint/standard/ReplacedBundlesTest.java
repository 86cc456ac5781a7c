package org.mediacore.endpoint.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.api.endpoint.EndpointRequest;
import org.mediacore.api.file.AudioFileReader;
import org.mediacore.api.file.AudioFileWriter;
import org.mediacore.api.file.MediaFileFormat;
import org.mediacore.format.wav.WavFormat;
import org.mediacore.tck.BundleContainer;
import org.mediacore.tck.FakeMediaManager;
import org.mediacore.tck.FakeMediaSession;
import org.mediacore.tck.MemoryFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** This bundle and that of the format are replaced while files are played and recorded. */
class ReplacedBundlesTest {
  private static final Path ENDPOINTS =
      Path.of(System.getProperty("basedir", ""), "target/classes");
  private static final AudioFormat NARROW = new AudioFormat(8_000, 1);
  private static final AudioFormat WIDE = new AudioFormat(16_000, 1);
  private static final int SECONDS = 5;
  private static final int RING_SAMPLES = 16_384;
  private static final int WRITER_BUFFER_SAMPLES = 8_192;
  private static final long WITHIN_S = 20;

  @TempDir Path folder;
  private final FakeMediaManager manager = new FakeMediaManager();
  private final short[] played = ramp(SECONDS * NARROW.sampleRateHz());
  private final short[] said = ramp(SECONDS * WIDE.sampleRateHz());
  private Path data;

  @BeforeEach
  void writeFile() throws IOException {
    data = Files.createDirectories(folder.resolve("home/data"));
    MemoryFile file = new MemoryFile();
    try (AudioFileWriter writer = new WavFormat().openWriter(file, NARROW)) {
      writer.write(played, 0, played.length);
    }
    Files.write(data.resolve("tone.wav"), file.bytes());
  }

  private static short[] ramp(int samples) {
    short[] pcm = new short[samples];
    for (int i = 0; i < samples; i++) {
      pcm[i] = (short) (i * 7);
    }
    return pcm;
  }

  private BundleContainer container() throws Exception {
    Files.createDirectories(folder.resolve("container"));
    return BundleContainer.start(
        folder.resolve("container"),
        Map.of("org.mediacore.home", folder.resolve("home").toString()));
  }

  @Test
  void filesAreCompletedWhenBothBundlesAreReplaced() throws Exception {
    try (BundleContainer container = container()) {
      Path wav = wavBundle();
      List<WeakReference<ClassLoader>> gone = callAndReplace(container, wav);
      for (WeakReference<ClassLoader> loader : gone) {
        await(
            "the old class loaders are collected",
            () -> {
              System.gc();
              return loader.get() == null;
            });
      }
      assertEquals(List.of(), openFiles());
    }
    await("no thread is left", () -> threads() == 0);
  }

  /** In a method of its own, so that nothing on the stack refers to the bundles afterwards. */
  private List<WeakReference<ClassLoader>> callAndReplace(BundleContainer container, Path wav)
      throws Exception {
    Bundle oldFormat = preloaded(container, container.start(wav, "1.0.0"), MediaFileFormat.class);
    Bundle oldEndpoints =
        preloaded(container, container.start(ENDPOINTS, "1.0.0"), EndpointProvider.class);
    Running calls = new Running(container, oldEndpoints);
    calls.run(played.length / 3);

    Bundle newFormat = container.start(wav, "1.0.1");
    Bundle newEndpoints = container.start(ENDPOINTS, "1.0.1");
    container.service(newFormat, MediaFileFormat.class, TimeUnit.SECONDS.toMillis(WITHIN_S));
    container.service(newEndpoints, EndpointProvider.class, TimeUnit.SECONDS.toMillis(WITHIN_S));
    List<WeakReference<ClassLoader>> loaders = List.of(loaderOf(oldFormat), loaderOf(oldEndpoints));
    container.uninstall(oldEndpoints);
    container.uninstall(oldFormat);
    assertEquals(4, threads(), "two of each version");

    calls.run(played.length);
    calls.end();
    await("the old version's threads end", () -> threads() == 2);
    return loaders;
  }

  private static WeakReference<ClassLoader> loaderOf(Bundle bundle) {
    return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
  }

  /** As the runtime does with a bundle whose service appears. */
  private static Bundle preloaded(BundleContainer container, Bundle bundle, Class<?> service)
      throws InterruptedException {
    container.service(bundle, service, TimeUnit.SECONDS.toMillis(WITHIN_S));
    container.loadClasses(bundle);
    return bundle;
  }

  private static Path wavBundle() throws Exception {
    return Path.of(WavFormat.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("endpoint-standard-"))
        .count();
  }

  /** Files of the data directory that this process has open. */
  private List<String> openFiles() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    List<String> open = new ArrayList<>();
    if (Files.isDirectory(descriptors)) {
      try (var all = Files.list(descriptors)) {
        for (Path descriptor : all.filter(Files::isSymbolicLink).toList()) {
          Path target = Files.readSymbolicLink(descriptor);
          if (target.startsWith(data)) {
            open.add(target.toString());
          }
        }
      }
    }
    return open;
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WITHIN_S);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < endNs, "not within " + WITHIN_S + " s: " + what);
      Thread.sleep(5); // between two looks at a condition
    }
  }

  /** A caller who listens and one who speaks, faster than in real life. */
  private final class Running {
    private final FakeMediaSession listener = manager.call();
    private final FakeMediaSession speaker = manager.call();
    private final short[] heard = new short[played.length];
    private int heardSamples;
    private int saidSamples;

    Running(BundleContainer container, Bundle endpoints) throws Exception {
      EndpointProvider provider =
          container.service(endpoints, EndpointProvider.class, TimeUnit.SECONDS.toMillis(WITHIN_S));
      await(
          "the format is there",
          () -> {
            try {
              provider.open(new EndpointRequest("play-tone", listener, manager));
              return true;
            } catch (EndpointException noFormatYet) {
              return false;
            }
          });
      provider.open(new EndpointRequest("record-memo", speaker, manager));
    }

    /** Until so many samples were heard and twice as many, at twice the rate, were said. */
    void run(int until) throws Exception {
      await(
          until + " samples were heard and twice as many said",
          () -> {
            listen(until);
            speak(2 * until);
            return heardSamples >= until && saidSamples >= 2 * until;
          });
    }

    private void listen(int until) {
      int before = -1;
      while (before < heardSamples && heardSamples < until) {
        before = heardSamples;
        short[] given = listener.tick(new short[80]);
        System.arraycopy(given, 0, heard, heardSamples, given.length);
        heardSamples += given.length;
      }
    }

    /**
     * No more than fits into the ring beside what the disk, or the writer's buffer, has not got.
     */
    private void speak(int until) {
      long onDisk = (data.resolve("memo.wav").toFile().length() - 44) / 2;
      if (saidSamples < until && onDisk >= saidSamples - WRITER_BUFFER_SAMPLES) {
        int end = Math.min(until, saidSamples + RING_SAMPLES - WRITER_BUFFER_SAMPLES);
        speaker.tick(Arrays.copyOfRange(said, saidSamples, end));
        saidSamples = end;
      }
    }

    void end() throws Exception {
      await("the file ends", () -> listener.tick(new short[80]).length == 0 && !connected());
      speaker.close();
      assertArrayEquals(played, heard);
      Path memo = data.resolve("memo.wav");
      await("the recording is complete", () -> memo.toFile().length() == 44 + 2L * said.length);
      await("all files are closed", () -> openFilesQuietly() == 0);
      try (AudioFileReader reader =
          new WavFormat().openReader(new MemoryFile(Files.readAllBytes(memo)))) {
        short[] pcm = new short[said.length + 1];
        assertEquals(said.length, reader.read(pcm, 0, pcm.length));
        assertArrayEquals(said, Arrays.copyOf(pcm, said.length));
      }
    }

    private boolean connected() {
      return listener.peer().isPresent();
    }

    private int openFilesQuietly() {
      try {
        return openFiles().size();
      } catch (IOException closedMeanwhile) {
        return -1; // a descriptor went while it was looked at
      }
    }
  }
}
