package org.mediacore.format.wav;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.file.AudioFileReader;
import org.mediacore.tck.MemoryFile;

class WavReaderTest {
  private static final byte[] THREE_SAMPLES = {1, 0, 2, 0, (byte) 0xFE, (byte) 0xFF};
  private static final short[] THREE = {1, 2, -2};

  @ParameterizedTest(name = "tag {0}, {1} bits: {2}")
  @CsvSource({
    "1, 8, 00 80 FF, -32768 0 32512",
    "1, 16, 0000 FF7F 0080, 0 32767 -32768",
    "1, 24, FFFFFF 00FF7F 000080 99 3412, -1 32767 -32768 4660",
    "1, 32, 0000FF7F FFFF0080 0000 3412, 32767 -32768 4660",
    "3, 32, 0000803F 000080BF 0000003F 00000000 0000C07F 0000807F 00000038, "
        + "32767 -32768 16384 0 0 32767 1",
    "6, 8, D5 55 AA 2A D4, 8 -8 32256 -32256 24",
    "7, 8, FF 7F 80 00 FE, 0 0 32124 -32124 8",
  })
  void everyEncodingBecomes16Bit(int tag, int bits, String data, String expected)
      throws IOException {
    byte[] bytes = HexFormat.of().parseHex(data.replace(" ", ""));
    for (boolean extensible : new boolean[] {false, true}) {
      WavBytes file = new WavBytes();
      if (extensible) {
        file.extensible(tag, 1, 8_000, bits);
      } else {
        file.format(tag, 1, 8_000, bits);
      }
      assertEquals(expected, textOf(read(file.chunk("data", bytes).build())));
    }
  }

  static Stream<Arguments> tolerated() {
    byte[] odd = new byte[11];
    byte[] list = "INFOISFT".getBytes(StandardCharsets.US_ASCII);
    return Stream.of(
        Arguments.of("plain", pcm().chunk("data", THREE_SAMPLES)),
        Arguments.of(
            "chunks before the format, one of odd length",
            new WavBytes().chunk("JUNK", odd).format(1, 1, 8_000, 16).chunk("data", THREE_SAMPLES)),
        Arguments.of(
            "chunks before and behind the data",
            pcm().chunk("fact", odd).chunk("data", THREE_SAMPLES).chunk("LIST", list)),
        Arguments.of(
            "format chunk of 18 bytes",
            new WavBytes().chunk("fmt ", formatOf18()).chunk("data", THREE_SAMPLES)),
        Arguments.of("data size 0, header not finished", unfinished(0, 36)),
        Arguments.of("data size 0, RIFF size 0", unfinished(0, 0)),
        Arguments.of("data size 0, RIFF size unknown", unfinished(0, 0xFFFF_FFFFL)),
        Arguments.of("data size unknown", unfinished(0xFFFF_FFFFL, 0xFFFF_FFFFL)),
        Arguments.of("data size unknown, RIFF size right", unfinished(0xFFFF_FFFFL, 42)),
        Arguments.of("data longer than the file", pcm().chunk("data", 60_000, THREE_SAMPLES)),
        Arguments.of(
            "half a sample at the end",
            pcm().chunk("data", 7, Arrays.copyOf(THREE_SAMPLES, 7)).riffSize(43)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tolerated")
  void audioIsFoundIn(String name, WavBytes file) throws IOException {
    assertArrayEquals(THREE, read(file.build()), name);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("nothing", new byte[0], "ends within the RIFF header"),
        Arguments.of("AIFF", pcm().build("FORM", "AIFF"), "not a WAVE file"),
        Arguments.of("other RIFF", pcm().build("RIFF", "AVI "), "not a WAVE file"),
        Arguments.of("RF64", pcm().build("RF64", "WAVE"), "RF64 files are not supported"),
        Arguments.of("big-endian", pcm().build("RIFX", "WAVE"), "RIFX files are not supported"),
        Arguments.of("no data", pcm().build(), "without a data chunk"),
        Arguments.of(
            "data first",
            new WavBytes().chunk("data", THREE_SAMPLES).format(1, 1, 8_000, 16).build(),
            "data comes before its format"),
        Arguments.of("MP3 inside", file(0x55, 1, 8_000, 16), "0x0055 with 16 bits"),
        Arguments.of("12 bits", file(1, 1, 8_000, 12), "0x0001 with 12 bits"),
        Arguments.of("64-bit float", file(3, 1, 8_000, 64), "0x0003 with 64 bits"),
        Arguments.of("six channels", file(1, 6, 48_000, 16), "6 channels"),
        Arguments.of("no channel", file(1, 0, 48_000, 16), "0 channels"),
        Arguments.of("rate 0", file(1, 1, 0, 16), "0 Hz"),
        Arguments.of("negative rate", file(1, 1, -1, 16), "4294967295 Hz"),
        Arguments.of(
            "short format chunk",
            new WavBytes().chunk("fmt ", new byte[14]).chunk("data", THREE_SAMPLES).build(),
            "format chunk of 14 bytes"),
        Arguments.of(
            "extensible without extension",
            file(0xFFFE, 1, 8_000, 16),
            "extensible WAVE format chunk of 16 bytes"),
        Arguments.of("unknown sub-format", unknownSubFormat(), "unknown sub-format"),
        Arguments.of("block that does not fit", oddBlock(), "block of 3 bytes"),
        Arguments.of("chunks without end", manyChunks(), "more than 10000 chunks"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isRefusedWithItsReason(String name, byte[] content, String reason) {
    MemoryFile file = new MemoryFile(content);
    IOException refused =
        assertThrows(IOException.class, () -> new WavFormat().openReader(file), name);
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    assertFalse(file.isOpen());
  }

  @ParameterizedTest
  @CsvSource({"1", "11", "8192", "8193", "20000"})
  void stereoStaysInStepOverBufferEnds(int portion) throws IOException {
    byte[] data = new byte[4 * 20_000];
    ByteBuffer samples = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 20_000; i++) {
      samples.putShort((short) i).putShort((short) -i);
    }
    byte[] file = new WavBytes().format(1, 2, 44_100, 16).chunk("data", data).build();
    try (AudioFileReader reader = new WavFormat().openReader(new MemoryFile(file))) {
      assertEquals(new AudioFormat(44_100, 2), reader.format());
      short[] pcm = new short[2 * portion];
      int done = 0;
      for (int n = reader.read(pcm, 0, portion); n > 0; n = reader.read(pcm, 0, portion)) {
        for (int i = 0; i < n; i++) {
          assertEquals((short) (done + i), pcm[2 * i]);
          assertEquals((short) -(done + i), pcm[2 * i + 1]);
        }
        done += n;
      }
      assertEquals(20_000, done);
    }
  }

  private static WavBytes pcm() {
    return new WavBytes().format(1, 1, 8_000, 16);
  }

  private static byte[] file(int tag, int channels, int sampleRateHz, int bits) {
    WavBytes file = new WavBytes().format(tag, channels, sampleRateHz, bits);
    return file.chunk("data", THREE_SAMPLES).build();
  }

  private static WavBytes unfinished(long dataSize, long riffSize) {
    return pcm().chunk("data", dataSize, THREE_SAMPLES).riffSize(riffSize);
  }

  private static byte[] formatOf18() {
    return HexFormat.of().parseHex("01000100401f0000803e0000020010000000");
  }

  private static byte[] unknownSubFormat() {
    byte[] file = new WavBytes().extensible(1, 1, 8_000, 16).chunk("data", THREE_SAMPLES).build();
    file[20 + 39] ^= 1;
    return file;
  }

  private static byte[] oddBlock() {
    byte[] file = file(1, 1, 8_000, 16);
    file[20 + 12] = 3;
    return file;
  }

  private static byte[] manyChunks() {
    WavBytes file = pcm();
    for (int i = 0; i < 10_000; i++) {
      file.chunk("JUNK", new byte[0]);
    }
    return file.chunk("data", THREE_SAMPLES).build();
  }

  private static short[] read(byte[] file) throws IOException {
    try (AudioFileReader reader = new WavFormat().openReader(new MemoryFile(file))) {
      short[] pcm = new short[64];
      int samples = reader.read(pcm, 0, 64);
      return Arrays.copyOf(pcm, Math.max(0, samples));
    }
  }

  private static String textOf(short[] samples) {
    List<String> words = new ArrayList<>();
    for (short sample : samples) {
      words.add(Short.toString(sample));
    }
    return String.join(" ", words);
  }
}
