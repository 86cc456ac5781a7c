package org.mediacore.format.wav;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.file.AudioFileReader;
import org.mediacore.api.file.AudioFileWriter;
import org.mediacore.tck.MemoryFile;

class WavWriterTest {
  private static final AudioFormat MONO = new AudioFormat(8_000, 1);

  @Test
  void headerIsThatOfAPlainWriter() throws IOException {
    MemoryFile file = new MemoryFile();
    try (AudioFileWriter writer = new WavFormat().openWriter(file, new AudioFormat(48_000, 2))) {
      writer.write(new short[] {1, -2, 3, -4, 5, -6}, 0, 3);
    }
    byte[] data = {1, 0, -2, -1, 3, 0, -4, -1, 5, 0, -6, -1};
    byte[] expected = new WavBytes().format(1, 2, 48_000, 16).chunk("data", data).build();
    assertArrayEquals(expected, file.bytes());
  }

  @Test
  void fileThatWasNeverClosedHoldsAllButTheLastSecond() throws IOException {
    MemoryFile file = new MemoryFile();
    AudioFileWriter writer = new WavFormat().openWriter(file, MONO);
    short[] portion = new short[160];
    for (int written = 0; written < 83_360; written += 160) {
      Arrays.fill(portion, (short) (written / 160));
      writer.write(portion, 0, 160);
      int readable = readableSamples(file.bytes());
      assertTrue(written + 160 - readable < 8_000, readable + " of " + (written + 160));
    }
    assertEquals(80_000, readableSamples(file.bytes()));
    writer.close();
    assertEquals(83_360, readableSamples(file.bytes()));
  }

  private static int readableSamples(byte[] file) throws IOException {
    try (AudioFileReader reader = new WavFormat().openReader(new MemoryFile(file))) {
      return Math.max(0, reader.read(new short[100_000], 0, 100_000));
    }
  }

  @Test
  void limitIsRefusedBeforeAnythingIsWritten() throws IOException {
    MemoryFile file = new MemoryFile();
    WavWriter writer = new WavWriter(file, MONO, 1_000);
    writer.write(new short[499], 0, 499);
    IOException refused = assertThrows(IOException.class, () -> writer.write(new short[2], 0, 2));
    assertTrue(refused.getMessage().contains("at most 1000 bytes"), refused.getMessage());
    writer.write(new short[1], 0, 1);
    writer.close();
    assertEquals(500, readableSamples(file.bytes()));
  }

  @Test
  void limitIsThatOfTheRiffSize() {
    assertEquals(0xFFFF_FFFFL, WavWriter.MAX_DATA_BYTES + WavWriter.HEADER_BYTES - 8);
  }

  @Test
  void whatFittedOnAFullDiskIsReadable() throws IOException {
    MemoryFile file = new MemoryFile().capacity(20_001);
    WavWriter writer = new WavWriter(file, MONO, WavWriter.MAX_DATA_BYTES);
    assertThrows(IOException.class, () -> writer.write(new short[20_000], 0, 20_000));
    assertThrows(IOException.class, writer::close);
    assertEquals((20_001 - 44) / 2, readableSamples(file.bytes()));
  }

  @Test
  void whatStoodInTheFileBeforeIsGone() throws IOException {
    MemoryFile file = new MemoryFile(new byte[10_000]);
    new WavFormat().openWriter(file, MONO).close();
    assertEquals(WavWriter.HEADER_BYTES, file.bytes().length);
  }
}
