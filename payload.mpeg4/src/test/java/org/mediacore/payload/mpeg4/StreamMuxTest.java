package org.mediacore.payload.mpeg4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule: an AudioSpecificConfig goes in and comes out bit by bit, or is refused. */
class StreamMuxTest {
  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** Bits as text, spaces for the eye, with zeros up to a whole byte. */
  private static byte[] bits(String text) {
    String digits = text.replace(" ", "");
    byte[] bytes = new byte[(digits.length() + 7) / 8];
    for (int i = 0; i < digits.length(); i++) {
      bytes[i >> 3] |= (byte) (digits.charAt(i) - '0' << 7 - (i & 7));
    }
    return bytes;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ffmpeg: LC 48 kHz mono, 400023103FC0, 1, 1188",
    "GStreamer: cut off behind the audio configuration, 40002310, 1, 1188",
    "GStreamer: stereo, 40002320, 1, 1190",
    "RFC 6416 §7.4: LC 24 kHz stereo, 400026203FC0, 1, 1310",
    "two subframes, 410023103FC0, 2, 1188",
    "sixty-four subframes, 7F0023103FC0, 64, 1188",
  })
  void readsWhatPeersWrite(String what, String config, int subframes, String audio) {
    StreamMux mux = StreamMux.read(hex(config)).orElseThrow();
    assertEquals(subframes, mux.subframes(), what);
    assertEquals(audio, Hex.write(mux.audioConfig()), what);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "LC, 1024 samples             | 00010 0011 0001 000",
        "LC with a core coder's delay | 00010 0011 0001 01 00000000000101 0",
        "LC, extension flag 3         | 00010 0011 0001 001 0",
        "LC at a rate of its own      | 00010 1111 000000001011101110000000 0001 000",
        "LD, 480 samples, resilience  | 10111 0011 0001 101 101 0 00",
        "LD without resilience        | 10111 0011 0010 100 00",
        "ER LC                        | 10001 0011 0001 001 111 0 00",
        "BSAC                         | 10110 0011 0001 001 00001 00000000011 0 00",
        "ELD, 480 samples             | 11111 000111 0011 0001 1 000 0 0000 00",
        "ELD, an extension of 2 bytes | 11111 000111 0011 0001 1 000 0"
            + " 0010 0010 1010101010101010 0000 00",
        "ELD, an extension of 16      | 11111 000111 0011 0001 1 000 0"
            + " 0010 1111 00000001 10101010101010101010101010101010"
            + "10101010101010101010101010101010101010101010101010101010101010101010"
            + "1010101010101010101010101010 0000 00",
      })
  void configurationIsTakenOutExactly(String what, String text) {
    byte[] audio = bits(text);
    byte[] mux = StreamMux.write(audio).orElseThrow();
    int bits = 15 + text.replace(" ", "").length() + 13;
    assertEquals((bits + 7) / 8, mux.length, what);
    StreamMux read = StreamMux.read(mux).orElseThrow();
    assertEquals(1, read.subframes(), what);
    assertArrayEquals(audio, read.audioConfig(), what);
    for (int length = 0; length < (15 + text.replace(" ", "").length() + 7) / 8; length++) {
      assertEquals(Optional.empty(), StreamMux.read(Arrays.copyOf(mux, length)), what);
    }
  }

  /** What says that there is no bandwidth replication is not carried along: ffmpeg writes that. */
  @Test
  void backwardCompatibleExtensionIsLeftOut() {
    StreamMux read = StreamMux.read(StreamMux.write(hex("118856E500")).orElseThrow()).orElseThrow();
    assertEquals("1188", Hex.write(read.audioConfig()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "audioMuxVersion 1, C00023103FC0",
    "not the same time for all, 000023103FC0",
    "two programs, 400823103FC0",
    "two layers, 400223103FC0",
    "frameLengthType 1, 400023107FC0",
    "frameLengthType 4, 400023113FC0",
    "other data, 400023103FE0",
    "a check sum, 400023103FD0",
    "channels one by one, 400023003FC0",
    "bandwidth replication, 400053103FC0",
    "parametric stereo, 4001D3103FC0",
    "scalable, 400063103FC0",
    "cut off in the audio configuration, 400023",
    "nothing but the version, 40",
  })
  void refusesOtherKinds(String what, String config) {
    assertEquals(Optional.empty(), StreamMux.read(hex(config)), what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "11111 000111 0011 0001 1 000 1 0000 00", // ELD with bandwidth replication
        "11111 000111 0011 0001 1 000 0 0000 01", // error protection
        "10111 0011 0001 100 10",
        "00101 0011 0001 000",
        "00000 0011 0001 000",
      })
  void refusesToWriteOtherKinds(String text) {
    assertEquals(Optional.empty(), StreamMux.write(bits(text)));
  }

  @Test
  void anyOctetsGiveAResultOrNone() {
    SplittableRandom random = new SplittableRandom(64_16);
    int read = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] octets = new byte[random.nextInt(24)];
      random.nextBytes(octets);
      if (octets.length > 1 && i % 2 == 0) {
        octets[0] = 0x40;
        octets[1] &= 1;
      }
      Optional<StreamMux> mux = StreamMux.read(octets);
      if (mux.isPresent()) {
        read++;
        byte[] again = StreamMux.write(mux.get().audioConfig()).orElseThrow();
        assertArrayEquals(
            mux.get().audioConfig(), StreamMux.read(again).orElseThrow().audioConfig());
      }
      StreamMux.write(octets);
    }
    assertTrue(read > 500, read + " were read");
  }
}
