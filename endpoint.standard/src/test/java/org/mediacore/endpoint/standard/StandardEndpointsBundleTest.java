package org.mediacore.endpoint.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.file.AudioFileReader;
import org.mediacore.api.file.AudioFileWriter;
import org.mediacore.format.wav.WavFormat;
import org.mediacore.tck.EndpointBundleContract;

/** The bundle in a container: callers keep what they are connected to when it is replaced. */
class StandardEndpointsBundleTest extends EndpointBundleContract {
  private static final int TUNE_SAMPLES = 6_000;

  /** What 20 ticks of 20 ms are at the rate of recordings, 16 kHz. */
  private static final int RECORDED_SAMPLES = 6_400;

  private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

  @TempDir Path home;
  private Path data;
  private int finishedCalls;

  @BeforeEach
  void writeTune() throws IOException {
    data = Files.createDirectory(home.resolve("data"));
    AudioFormat audio = new AudioFormat(8_000, 1);
    short[] tune = new short[TUNE_SAMPLES];
    for (int i = 0; i < tune.length; i++) {
      tune[i] = (short) (31 * i);
    }
    SeekableByteChannel file =
        Files.newByteChannel(
            data.resolve("tune.wav"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (AudioFileWriter writer = new WavFormat().openWriter(file, audio)) {
      writer.write(tune, 0, tune.length);
    }
  }

  @Override
  protected List<String> companions() {
    return List.of("org.mediacore.format.wav");
  }

  @Override
  protected Map<String, String> frameworkProperties() {
    return Map.of("org.mediacore.home", home.toString());
  }

  @Override
  protected List<String> addresses() {
    return List.of("conf-a", "bridge-a", "echo", "play-tune", "record-a");
  }

  @Override
  protected boolean ends(String address) {
    return address.equals("play-tune");
  }

  /** A file is completed in the background, also when the bundle has gone. */
  @Override
  protected void checkLeft(String address) throws IOException {
    if (!address.equals("record-a")) {
      return;
    }
    finishedCalls++;
    long deadlineNs = System.nanoTime() + TIMEOUT_NS;
    while (completeRecordings() < finishedCalls && System.nanoTime() - deadlineNs < 0) {
      Thread.onSpinWait();
    }
    assertEquals(finishedCalls, completeRecordings(), "complete of " + recordings());
  }

  private long completeRecordings() throws IOException {
    long complete = 0;
    for (Path recording : recordings()) {
      complete += samplesIn(recording) == RECORDED_SAMPLES ? 1 : 0;
    }
    return complete;
  }

  private List<Path> recordings() throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.filter(file -> file.getFileName().toString().startsWith("a")).toList();
    }
  }

  /** The header tells so many once the file is complete. */
  private static int samplesIn(Path recording) throws IOException {
    try (AudioFileReader reader =
        new WavFormat().openReader(Files.newByteChannel(recording, StandardOpenOption.READ))) {
      return Math.max(0, reader.read(new short[2 * RECORDED_SAMPLES], 0, 2 * RECORDED_SAMPLES));
    }
  }
}
