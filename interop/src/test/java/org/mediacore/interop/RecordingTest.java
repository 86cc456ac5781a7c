package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  @TempDir Path folder;

  @Test
  void whatWasWrittenIsRead() {
    Recording tone = Recording.tone(48_000, 440, 0.5, Duration.ofMillis(30));
    Path file = folder.resolve("a.wav");
    tone.write(file);
    Recording read = Recording.read(file);
    assertEquals(48_000, read.sampleRateHz());
    assertArrayEquals(tone.pcm(), read.pcm(), 1.0 / 32768);
    assertEquals(Duration.ofMillis(30), read.length());
    assertEquals(-9.03, read.levelDbfs(), 0.2);
  }

  @Test
  void stereoIsAveraged() throws IOException {
    Recording read = Recording.read(wav(2, 8, new short[] {100, 300, -200, -400}, new byte[0]));
    assertArrayEquals(new double[] {200.0 / 32768, -300.0 / 32768}, read.pcm());
  }

  @Test
  void unfinishedHeaderReadsToTheEnd() throws IOException {
    short[] pcm = {1, 2, 3};
    assertEquals(3, Recording.read(wav(1, 0, pcm, new byte[0])).pcm().length);
    assertEquals(3, Recording.read(wav(1, -1, pcm, new byte[0])).pcm().length);
    assertEquals(2, Recording.read(wav(1, 4, pcm, new byte[0])).pcm().length);
  }

  @Test
  void otherChunksAreSkippedWithTheirPadding() throws IOException {
    byte[] odd = {'L', 'I', 'S', 'T', 3, 0, 0, 0, 1, 2, 3, 0};
    assertEquals(3, Recording.read(wav(1, 6, new short[] {1, 2, 3}, odd)).pcm().length);
  }

  @Test
  void otherFilesAreRefusedWithTheirName() throws IOException {
    Path file = Files.writeString(folder.resolve("not.wav"), "this is no sound at all");
    String message =
        assertThrows(IllegalArgumentException.class, () -> Recording.read(file)).getMessage();
    assertTrue(message.contains("not.wav"), message);
  }

  private Path wav(int channels, int dataLength, short[] pcm, byte[] extraChunk)
      throws IOException {
    ByteBuffer out = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(0);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    out.putShort((short) 1).putShort((short) channels).putInt(8000).putInt(16000 * channels);
    out.putShort((short) (2 * channels)).putShort((short) 16).put(extraChunk);
    out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataLength);
    for (short sample : pcm) {
      out.putShort(sample);
    }
    byte[] file = new byte[out.position()];
    out.flip().get(file);
    return Files.write(folder.resolve("made.wav"), file);
  }
}
