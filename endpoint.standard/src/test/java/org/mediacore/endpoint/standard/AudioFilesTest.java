package org.mediacore.endpoint.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.endpoint.EndpointException.Reason;
import org.mediacore.api.file.AudioFileReader;
import org.mediacore.api.file.AudioFileWriter;
import org.mediacore.api.file.MediaFileFormat;
import org.mediacore.api.session.AudioPort;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.format.wav.WavFormat;
import org.mediacore.tck.Allocation;
import org.mediacore.tck.FakeMediaSession;
import org.mediacore.tck.MemoryFile;

/** Playing and recording. */
class AudioFilesTest {
  private static final short[] TICK_8K = new short[80];
  private static final short[] TICK_16K = new short[160];

  @TempDir Path home;
  private EndpointFixture at;

  @BeforeEach
  void start() throws IOException {
    at = new EndpointFixture(home);
    Files.createDirectories(at.dataDir);
  }

  @ParameterizedTest
  @ValueSource(strings = {"play-tone", "play-tone.wav"})
  void fileIsPlayedToItsEndInItsOwnFormat(String address) throws Exception {
    short[] pcm = ramp(8_000 * 3 + 33);
    write("tone.wav", new AudioFormat(8_000, 1), pcm);
    FakeMediaSession caller = at.call(address);
    AudioPort port = (AudioPort) caller.peer().orElseThrow();
    assertEquals(new AudioFormat(8_000, 1), port.format());
    short[] heard = new short[0];
    while (caller.peer().isPresent()) {
      short[] given = caller.tick(TICK_8K);
      heard = Arrays.copyOf(heard, heard.length + given.length);
      System.arraycopy(given, 0, heard, heard.length - given.length, given.length);
      at.work.runAll();
    }
    assertArrayEquals(pcm, heard);
    assertEquals(List.of(new SessionEvent.PeerFinished(port.describe())), caller.events());
    assertEquals(0, at.endpoints.files().openCount());
    assertEquals(0, at.work.size());
  }

  @Test
  void slowDiskIsSilenceAndNotTheEnd() throws Exception {
    write("tone.wav", new AudioFormat(8_000, 1), ramp(20_000));
    FakeMediaSession caller = at.call("play-tone");
    int heard = 0;
    for (int i = 0; i < 200; i++) {
      heard += caller.tick(TICK_8K).length;
    }
    assertTrue(heard < 16_000, heard + " samples without reading on");
    assertTrue(caller.peer().isPresent());
    at.work.runAll();
    assertEquals(80, caller.tick(TICK_8K).length);
  }

  @Test
  void fileOfACallerWhoLeavesIsClosed() throws Exception {
    write("tone.wav", new AudioFormat(48_000, 2), ramp(400_000));
    FakeMediaSession caller = at.call("play-tone");
    assertEquals(1, at.endpoints.files().openCount());
    caller.close();
    at.work.runAll();
    assertEquals(0, at.endpoints.files().openCount());
    assertEquals(0, at.work.size());
  }

  @Test
  void whatCannotBePlayedSaysWhy() throws Exception {
    assertEquals(Reason.NOT_FOUND, at.refusal("play-nothing"));
    Files.createDirectory(at.dataDir.resolve("folder.wav"));
    assertEquals(Reason.NOT_FOUND, at.refusal("play-folder"));
    Files.writeString(at.dataDir.resolve("text.wav"), "this is no audio at all");
    assertEquals(Reason.UNAVAILABLE, at.refusal("play-text"));
    at.formats = List.of();
    assertEquals(Reason.UNAVAILABLE, at.refusal("play-text"));
    assertEquals(0, at.endpoints.files().openCount());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "play-",
        "record-",
        "bridge-",
        "conf-",
        "play-../secret",
        "play-..",
        "play-.hidden",
        "record-a/b",
        "record-a\\b",
        "record-\u00e4",
        "record-a b",
        "record-a\0",
        "record-a\n",
        "conf-%2e",
        "record-/etc/passwd"
      })
  void nameWithMoreThanANameInItIsForbidden(String address) {
    assertEquals(Reason.FORBIDDEN, at.refusal(address));
  }

  @Test
  void nameLengthIsLimited() throws Exception {
    at.call("record-" + "n".repeat(64)).close();
    assertEquals(Reason.FORBIDDEN, at.refusal("record-" + "n".repeat(65)));
  }

  @Test
  void recordingHoldsWhatTheCallerSaid() throws Exception {
    FakeMediaSession caller = at.call("record-memo");
    short[] said = ramp(16_000 * 5);
    for (int i = 0; i < said.length; i += 160) {
      assertEquals(0, caller.tick(Arrays.copyOfRange(said, i, i + 160)).length);
      if (i % 1_600 == 0) {
        at.work.runAll();
      }
    }
    caller.close();
    at.work.runAll();
    assertEquals(0, at.endpoints.files().openCount());
    assertArrayEquals(said, read("memo.wav", new AudioFormat(16_000, 1)));
  }

  @Test
  void recordingThatExistsIsNotOverwritten() throws Exception {
    for (int i = 0; i < 3; i++) {
      FakeMediaSession caller = at.call(i == 2 ? "record-memo.wav" : "record-memo");
      caller.tick(new short[160 * (i + 1)]);
      caller.close();
      at.work.runAll();
    }
    AudioFormat format = new AudioFormat(16_000, 1);
    assertEquals(160, read("memo.wav", format).length);
    assertEquals(320, read("memo-2.wav", format).length);
    assertEquals(480, read("memo-3.wav", format).length);
  }

  /** A busy voice box has more than ten thousand of a name. */
  @Test
  void nameIsNeverUsedUp() throws Exception {
    Files.createFile(at.dataDir.resolve("memo.wav"));
    for (int number = 2; number <= 10_000; number++) {
      Files.createFile(at.dataDir.resolve("memo-" + number + ".wav"));
    }
    FakeMediaSession caller = at.call("record-memo");
    caller.tick(new short[160]);
    caller.close();
    at.work.runAll();
    assertEquals(160, read("memo-10001.wav", new AudioFormat(16_000, 1)).length);
  }

  @Test
  void ringThatRunsOverLosesAudioAndNothingElse() throws Exception {
    FakeMediaSession caller = at.call("record-memo");
    for (int i = 0; i < 300; i++) {
      caller.tick(TICK_16K); // three seconds while the disk stands still
    }
    at.work.runAll();
    caller.tick(TICK_16K);
    caller.close();
    at.work.runAll();
    assertEquals(16_384 + 160, read("memo.wav", new AudioFormat(16_000, 1)).length);
  }

  @Test
  void fullDiskEndsTheRecordingAndNotTheCall() throws Exception {
    at.formats = List.of(new FullDisk());
    FakeMediaSession caller = at.call("record-memo");
    for (int i = 0; i < 500; i++) {
      caller.tick(TICK_16K);
      at.work.runAll();
    }
    assertTrue(caller.peer().isPresent());
    assertTrue(caller.isOpen());
    caller.close();
    at.work.runAll();
    assertEquals(0, at.endpoints.files().openCount());
  }

  @Test
  void dataDirectoryThatCannotBeMadeIsUnavailable() throws Exception {
    Files.delete(at.dataDir);
    Files.writeString(at.dataDir, "a file where the directory should be");
    assertEquals(Reason.UNAVAILABLE, at.refusal("record-memo"));
    assertEquals(0, at.endpoints.files().openCount());
  }

  @Test
  void openFilesAreLimited() throws Exception {
    at.settings = new EndpointSettings(at.dataDir, 8_000, 2, 2);
    FakeMediaSession first = at.call("record-a");
    at.call("record-b");
    assertEquals(Reason.UNAVAILABLE, at.refusal("record-c"));
    first.close();
    at.work.runAll();
    at.call("record-c");
  }

  @Test
  void recordingGoesOnWhenTheBundleStops() throws Exception {
    FakeMediaSession stays = at.call("record-stays");
    FakeMediaSession left = at.call("record-left");
    stays.tick(TICK_16K);
    left.tick(TICK_16K);
    left.close();
    at.endpoints.stop();
    at.work.close();
    AudioFormat format = new AudioFormat(16_000, 1);
    assertEquals(160, read("left.wav", format).length);
    assertEquals(Reason.UNAVAILABLE, at.refusal("record-new"));
    stays.tick(TICK_16K);
    stays.close();
    at.work.runAll();
    assertEquals(320, read("stays.wav", format).length);
    assertEquals(0, at.work.size());
  }

  @Test
  void formatThatThrowsIsPassedOver() throws Exception {
    write("tone.wav", new AudioFormat(8_000, 1), ramp(800));
    at.formats = List.of(new Broken(true), new WavFormat());
    at.call("play-tone").close();
    FakeMediaSession caller = at.call("record-memo");
    caller.tick(TICK_16K);
    caller.close();
    at.work.runAll();
    assertEquals(160, read("memo.wav", new AudioFormat(16_000, 1)).length);
    at.formats = List.of(new Broken(true));
    assertEquals(Reason.UNAVAILABLE, at.refusal("play-tone"));
    assertEquals(Reason.UNAVAILABLE, at.refusal("record-memo"));
    assertEquals(0, at.endpoints.files().openCount());
  }

  /** What a format does whose bundle has gone before all its classes were loaded. */
  @Test
  void formatThatFailsInTheMiddleLeavesNoFileOpen() throws Exception {
    write("tone.wav", new AudioFormat(8_000, 1), ramp(800));
    Broken broken = new Broken(false);
    at.formats = List.of(broken);
    FakeMediaSession listener = at.call("play-tone");
    FakeMediaSession speaker = at.call("record-memo");
    while (listener.peer().isPresent()) {
      listener.tick(TICK_8K);
      at.work.runAll();
    }
    speaker.tick(TICK_16K);
    at.work.runAll();
    assertTrue(speaker.peer().isPresent());
    speaker.close();
    at.work.runAll();
    assertEquals(0, at.endpoints.files().openCount());
    assertEquals(0, at.work.size());
    assertEquals(2, broken.channels.size());
    assertTrue(broken.channels.stream().noneMatch(SeekableByteChannel::isOpen));
  }

  @Test
  void nothingIsAllocatedOnTheLoop() throws Exception {
    write("tone.wav", new AudioFormat(8_000, 1), ramp(8_000));
    AudioPort player = (AudioPort) at.call("play-tone").peer().orElseThrow();
    AudioPort recorder = (AudioPort) at.call("record-memo").peer().orElseThrow();
    short[] pcm = new short[160];
    Runnable tick =
        () -> {
          player.read(pcm, 0, 80);
          player.write(pcm, 0, 80);
          recorder.read(pcm, 0, 160);
          recorder.write(pcm, 0, 160);
        };
    Allocation.assertAtMost(0, 5_000, 1_000, "a tick of player and recorder", tick);
  }

  private void write(String name, AudioFormat format, short[] pcm) throws IOException {
    MemoryFile file = new MemoryFile();
    try (AudioFileWriter writer = new WavFormat().openWriter(file, format)) {
      writer.write(pcm, 0, pcm.length / format.channels());
    }
    Files.write(at.dataDir.resolve(name), file.bytes());
  }

  private short[] read(String name, AudioFormat expected) throws IOException {
    MemoryFile file = new MemoryFile(Files.readAllBytes(at.dataDir.resolve(name)));
    try (AudioFileReader reader = new WavFormat().openReader(file)) {
      assertEquals(expected, reader.format());
      short[] pcm = new short[200_000];
      int samples = reader.read(pcm, 0, pcm.length / expected.channels());
      return Arrays.copyOf(pcm, Math.max(0, samples) * expected.channels());
    }
  }

  private static short[] ramp(int elements) {
    short[] pcm = new short[elements];
    for (int i = 0; i < elements; i++) {
      pcm[i] = (short) (i * 7);
    }
    return pcm;
  }

  /** WAV files on a disk with room for one second. */
  private static final class FullDisk implements MediaFileFormat {
    @Override
    public Set<String> extensions() {
      return Set.of("wav");
    }

    @Override
    public AudioFileReader openReader(SeekableByteChannel channel) throws IOException {
      return new WavFormat().openReader(channel);
    }

    @Override
    public AudioFileWriter openWriter(SeekableByteChannel channel, AudioFormat format)
        throws IOException {
      channel.close();
      return new WavFormat().openWriter(new MemoryFile().capacity(32_000), format);
    }
  }

  /** WAV files by code that has gone: nothing works, not even closing. */
  private static final class Broken implements MediaFileFormat {
    private final List<SeekableByteChannel> channels = new ArrayList<>();
    private final boolean atOnce;

    Broken(boolean atOnce) {
      this.atOnce = atOnce;
    }

    private static NoClassDefFoundError gone() {
      return new NoClassDefFoundError("planted");
    }

    private void take(SeekableByteChannel channel) {
      channels.add(channel);
      if (atOnce) {
        throw gone();
      }
    }

    @Override
    public Set<String> extensions() {
      return Set.of("wav");
    }

    @Override
    public AudioFileReader openReader(SeekableByteChannel channel) {
      take(channel);
      return new AudioFileReader() {
        @Override
        public AudioFormat format() {
          return new AudioFormat(8_000, 1);
        }

        @Override
        public int read(short[] pcm, int offset, int samples) {
          throw gone();
        }

        @Override
        public void close() {
          throw gone();
        }
      };
    }

    @Override
    public AudioFileWriter openWriter(SeekableByteChannel channel, AudioFormat format) {
      take(channel);
      return new AudioFileWriter() {
        @Override
        public void write(short[] pcm, int offset, int samples) {
          throw gone();
        }

        @Override
        public void close() {
          throw gone();
        }
      };
    }
  }
}
