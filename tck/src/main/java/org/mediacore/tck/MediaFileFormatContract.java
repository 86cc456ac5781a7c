package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.file.AudioFileReader;
import org.mediacore.api.file.AudioFileWriter;
import org.mediacore.api.file.MediaFileFormat;

/** What every {@link MediaFileFormat}, its readers and its writers owe the platform. */
public abstract class MediaFileFormatContract {
  private static final int CHUNK = 777;

  /** The format under test. */
  protected abstract MediaFileFormat format();

  /**
   * Whether what was written is read back sample for sample; otherwise lengths alone are compared.
   */
  protected abstract boolean keepsSamplesExactly();

  /** The audio to write and read. */
  protected List<AudioFormat> audioFormats() {
    return List.of(
        new AudioFormat(8_000, 1),
        new AudioFormat(16_000, 1),
        new AudioFormat(48_000, 1),
        new AudioFormat(48_000, 2));
  }

  /** Readers and writers to open and close in the leak test. */
  protected int createCloseCycles() {
    return 10_000;
  }

  /** Bytes that may stay on the heap after {@link #createCloseCycles()}; six times that off it. */
  protected long leakBoundBytes() {
    return 8L << 20;
  }

  /** {@link MediaFileFormat#extensions()}: at least one, lower case, without a dot. */
  @Test
  void extensionsAreBareAndLowerCase() {
    assertFalse(format().extensions().isEmpty());
    for (String extension : format().extensions()) {
      assertTrue(extension.matches("[a-z0-9]+"), extension);
      assertEquals(extension.toLowerCase(Locale.ROOT), extension);
    }
  }

  /** Writer and reader: what was written in any portions is read back in any portions. */
  @TestFactory
  Stream<DynamicTest> writtenAudioIsReadBack() {
    return everyFormat(
        audio -> {
          short[] pcm = TestAudio.frame(audio, 3, 0, audio.sampleRateHz() + 123);
          byte[] file = write(new MemoryFile(), audio, pcm);
          try (AudioFileReader reader = format().openReader(new MemoryFile(file))) {
            assertEquals(audio, reader.format());
            assertSamples(pcm, readAll(reader, CHUNK));
            assertEquals(MediaStatus.FINISHED, reader.read(new short[2], 0, 1));
            assertEquals(MediaStatus.FINISHED, reader.read(new short[2], 0, 1));
          }
        });
  }

  /** Channels may move one byte at a time. */
  @TestFactory
  Stream<DynamicTest> slowChannelsChangeNothing() {
    return everyFormat(
        audio -> {
          short[] pcm = TestAudio.frame(audio, 3, 0, 1_001);
          byte[] file = write(new MemoryFile(), audio, pcm);
          assertArrayEquals(file, write(new MemoryFile().bytesAtATime(1), audio, pcm));
          MemoryFile slow = new MemoryFile(file).bytesAtATime(1);
          try (AudioFileReader reader = format().openReader(slow)) {
            assertSamples(pcm, readAll(reader, CHUNK));
          }
        });
  }

  /** A file without audio is a file. */
  @TestFactory
  Stream<DynamicTest> emptyAudioIsFinishedAtOnce() {
    return everyFormat(
        audio -> {
          byte[] file = write(new MemoryFile(), audio, new short[0]);
          try (AudioFileReader reader = format().openReader(new MemoryFile(file))) {
            assertEquals(audio, reader.format());
            assertEquals(MediaStatus.FINISHED, reader.read(new short[2], 0, 1));
          }
        });
  }

  /** {@link AudioFileReader#read} writes from the offset on and no further than it says. */
  @Test
  void readTouchesOnlyWhatItGives() throws IOException {
    AudioFormat audio = audioFormats().get(0);
    int channels = audio.channels();
    byte[] file = write(new MemoryFile(), audio, TestAudio.frame(audio, 3, 0, 500));
    try (AudioFileReader reader = format().openReader(new MemoryFile(file))) {
      short[] pcm = new short[11 + 600 * channels];
      Arrays.fill(pcm, (short) 0x5A5A);
      int samples = reader.read(pcm, 11, 100);
      assertEquals(100, samples);
      for (int i = 0; i < 11; i++) {
        assertEquals(0x5A5A, pcm[i]);
      }
      for (int i = 11 + 100 * channels; i < pcm.length; i++) {
        assertEquals(0x5A5A, pcm[i]);
      }
    }
  }

  /** {@link AudioFileWriter#write} changes nothing of what it is given. */
  @Test
  void writeOnlyReadsWhatItIsGiven() throws IOException {
    AudioFormat audio = audioFormats().get(0);
    short[] pcm = TestAudio.frame(audio, 3, 0, 500);
    short[] before = pcm.clone();
    try (AudioFileWriter writer = format().openWriter(new MemoryFile(), audio)) {
      writer.write(pcm, 0, 500);
    }
    assertArrayEquals(before, pcm);
  }

  /** Instances share nothing: files that are open at a time do not mix. */
  @Test
  void instancesAreIsolated() throws IOException {
    AudioFormat audio = audioFormats().get(0);
    short[] first = TestAudio.frame(audio, 1, 0, 4 * CHUNK);
    short[] second = TestAudio.frame(audio, 2, 0, 4 * CHUNK);
    byte[] firstAlone = write(new MemoryFile(), audio, first);
    byte[] secondAlone = write(new MemoryFile(), audio, second);
    MediaFileFormat shared = format();
    MemoryFile one = new MemoryFile();
    MemoryFile two = new MemoryFile();
    short[] readFirst = new short[first.length];
    short[] readSecond = new short[second.length];
    try (AudioFileWriter toOne = shared.openWriter(one, audio);
        AudioFileWriter toTwo = shared.openWriter(two, audio);
        AudioFileReader ofFirst = shared.openReader(new MemoryFile(firstAlone));
        AudioFileReader ofSecond = shared.openReader(new MemoryFile(secondAlone))) {
      for (int done = 0; done < 4 * CHUNK; done += CHUNK) {
        int offset = done * audio.channels();
        toOne.write(first, offset, CHUNK);
        toTwo.write(second, offset, CHUNK);
        assertEquals(CHUNK, ofFirst.read(readFirst, offset, CHUNK));
        assertEquals(CHUNK, ofSecond.read(readSecond, offset, CHUNK));
      }
    }
    assertArrayEquals(firstAlone, one.bytes());
    assertArrayEquals(secondAlone, two.bytes());
    assertSamples(first, readFirst);
    assertSamples(second, readSecond);
  }

  /** {@code close} frees what was held: many files leave no memory and no classes behind. */
  @Test
  void openAndCloseLeavesNothing() throws IOException {
    AudioFormat audio = audioFormats().get(0);
    byte[] file = write(new MemoryFile(), audio, TestAudio.frame(audio, 3, 0, 400));
    MediaFileFormat format = format();
    openAndClose(format, file, 100);
    MemoryGrowth growth = MemoryGrowth.start();
    openAndClose(format, file, createCloseCycles());
    growth.assertBounded(leakBoundBytes(), createCloseCycles() + " readers and writers");
  }

  private void openAndClose(MediaFileFormat format, byte[] file, int cycles) throws IOException {
    for (int i = 0; i < cycles; i++) {
      format.openReader(new MemoryFile(file)).close();
      format.openWriter(new MemoryFile(), audioFormats().get(0)).close();
    }
  }

  /** A truncated file gives what is there or an {@link IOException}, and nothing else. */
  @Test
  void truncatedFileIsReadOrRefused() throws IOException {
    AudioFormat audio = audioFormats().get(0);
    short[] pcm = TestAudio.frame(audio, 3, 0, 400);
    byte[] file = write(new MemoryFile(), audio, pcm);
    for (int length = 0; length < file.length; length++) {
      short[] read = readOrRefuse(Arrays.copyOf(file, length), "cut at " + length);
      assertTrue(read.length <= pcm.length, "cut at " + length + " gave " + read.length);
      if (keepsSamplesExactly()) {
        assertArrayEquals(Arrays.copyOf(pcm, read.length), read, "cut at " + length);
      }
    }
  }

  /** A damaged file is read in some way or refused, and always ends. */
  @Test
  void damagedFileIsReadOrRefused() throws IOException {
    AudioFormat audio = audioFormats().get(0);
    byte[] file = write(new MemoryFile(), audio, TestAudio.frame(audio, 3, 0, 400));
    int head = Math.min(file.length, 128);
    Random random = new Random(7);
    for (int bit = 0; bit < 8 * head; bit++) {
      byte[] damaged = file.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      readOrRefuse(damaged, "bit " + bit);
    }
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = file.clone();
      for (int n = random.nextInt(8); n >= 0; n--) {
        damaged[random.nextInt(head)] = (byte) random.nextInt(256);
      }
      readOrRefuse(damaged, "damage " + i);
    }
  }

  /** {@link MediaFileFormat#openReader}: what is not this format is refused with a reason. */
  @Test
  void garbageIsRefusedWithAReason() {
    Random random = new Random(8);
    for (int length : new int[] {0, 1, 4, 11, 12, 44, 1_000, 100_000}) {
      byte[] garbage = new byte[length];
      random.nextBytes(garbage);
      MemoryFile file = new MemoryFile(garbage);
      IOException refused =
          assertThrows(IOException.class, () -> format().openReader(file), length + " bytes");
      assertTrue(
          refused.getMessage() != null && !refused.getMessage().isBlank(), length + " bytes");
      assertFalse(file.isOpen(), "the channel is closed when opening fails");
    }
  }

  /** {@code close}: closes the channel; again does nothing. */
  @Test
  void closingTwiceDoesNothing() throws IOException {
    AudioFormat audio = audioFormats().get(0);
    MemoryFile written = new MemoryFile();
    AudioFileWriter writer = format().openWriter(written, audio);
    writer.write(TestAudio.frame(audio, 3, 0, 100), 0, 100);
    writer.close();
    byte[] file = written.bytes();
    writer.close();
    assertFalse(written.isOpen());
    assertArrayEquals(file, written.bytes());
    MemoryFile toRead = new MemoryFile(file);
    AudioFileReader reader = format().openReader(toRead);
    reader.close();
    reader.close();
    assertFalse(toRead.isOpen());
  }

  /** A closed writer or reader says so. */
  @Test
  void useAfterCloseIsAnIoException() throws IOException {
    AudioFormat audio = audioFormats().get(0);
    MemoryFile written = new MemoryFile();
    AudioFileWriter writer = format().openWriter(written, audio);
    writer.close();
    assertThrows(IOException.class, () -> writer.write(new short[4_000], 0, 4_000));
    AudioFileReader reader = format().openReader(new MemoryFile(written.bytes()));
    reader.close();
    assertThrows(IOException.class, () -> reader.read(new short[100], 0, 100));
  }

  /** A full disk is an {@link IOException} at the latest when closing; the channel is closed. */
  @Test
  void fullDiskIsAnIoException() {
    AudioFormat audio = audioFormats().get(0);
    for (int capacity : new int[] {0, 10, 60, 1_000, 20_001}) {
      MemoryFile full = new MemoryFile().capacity(capacity);
      short[] pcm = TestAudio.frame(audio, 3, 0, 200_000);
      assertThrows(IOException.class, () -> write(full, audio, pcm), capacity + " bytes");
      assertFalse(full.isOpen(), capacity + " bytes");
    }
  }

  private byte[] write(MemoryFile file, AudioFormat audio, short[] pcm) throws IOException {
    int samples = pcm.length / audio.channels();
    short[] shifted = new short[pcm.length + 5];
    System.arraycopy(pcm, 0, shifted, 5, pcm.length);
    try (AudioFileWriter writer = format().openWriter(file, audio)) {
      for (int done = 0; done < samples; done += CHUNK) {
        int count = Math.min(CHUNK, samples - done);
        writer.write(shifted, 5 + done * audio.channels(), count);
      }
    }
    return file.bytes();
  }

  private short[] readOrRefuse(byte[] file, String what) {
    return Check.noThrow(
        what,
        () -> {
          try (AudioFileReader reader = format().openReader(new MemoryFile(file))) {
            return readAll(reader, CHUNK);
          } catch (IOException refused) {
            assertTrue(refused.getMessage() != null && !refused.getMessage().isBlank(), what);
            return new short[0];
          }
        });
  }

  private static short[] readAll(AudioFileReader reader, int chunk) throws IOException {
    int channels = reader.format().channels();
    short[] all = new short[0];
    short[] pcm = new short[chunk * channels];
    boolean end = false;
    while (!end) {
      int samples = reader.read(pcm, 0, chunk);
      if (samples > 0) {
        int before = all.length;
        all = Arrays.copyOf(all, before + samples * channels);
        System.arraycopy(pcm, 0, all, before, samples * channels);
      }
      end = samples < chunk; // fewer only at the end
      assertTrue(all.length < 10_000_000, "a file that never ends");
    }
    assertEquals(MediaStatus.FINISHED, reader.read(pcm, 0, chunk));
    return all;
  }

  private void assertSamples(short[] expected, short[] actual) {
    assertEquals(expected.length, actual.length);
    if (keepsSamplesExactly()) {
      assertArrayEquals(expected, actual);
    }
  }

  private Stream<DynamicTest> everyFormat(ThrowingConsumer<AudioFormat> test) {
    return audioFormats().stream()
        .map(audio -> DynamicTest.dynamicTest(audio.toString(), () -> test.accept(audio)));
  }
}
