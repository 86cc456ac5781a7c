package org.mediacore.ffmpeg.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.ffmpeg.CodecSetup;
import org.mediacore.ffmpeg.FrameDecoder;
import org.mediacore.ffmpeg.FrameEncoder;

class FFmpegLibraryTest {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final CodecSetup NB_ENCODER =
      CodecSetup.of("libopencore_amrnb", 8_000, 1).withBitrateBps(12_200);
  private static final CodecSetup NB_DECODER = CodecSetup.of("libopencore_amrnb", 8_000, 1);
  private static final CodecSetup AAC_ENCODER =
      CodecSetup.of("aac", 48_000, 2).withBitrateBps(64_000);

  private final FFmpegLibrary ffmpeg = Loaded.ffmpeg();

  @Test
  void saysWhatItIs() {
    assertTrue(ffmpeg.description().startsWith("libavcodec 62."), ffmpeg.description());
    assertTrue(ffmpeg.description().contains("LGPL version 3"), ffmpeg.description());
  }

  @Test
  void hasTheCodecsThatBundlesBuildOn() {
    for (String name : new String[] {"libopencore_amrnb", "libopencore_amrwb", "aac", "aac_latm"}) {
      assertTrue(ffmpeg.hasDecoder(name), name);
    }
    for (String name : new String[] {"libopencore_amrnb", "libvo_amrwbenc"}) {
      assertTrue(ffmpeg.hasEncoder(name), name);
    }
    assertFalse(ffmpeg.hasDecoder("no-such-codec"));
    assertFalse(ffmpeg.hasEncoder(""));
  }

  @Test
  void settingsOfJavaCppAreLeftAsTheyWere() {
    assertEquals(null, System.getProperty("org.bytedeco.javacpp.cachedir"));
    assertEquals(null, System.getProperty("org.bytedeco.javacpp.nopointergc"));
  }

  @Test
  void unknownCodecIsRefusedByName() {
    MediaSetupException refused =
        assertThrows(
            MediaSetupException.class,
            () -> ffmpeg.openDecoder(CodecSetup.of("no-such-codec", 8_000, 1)));
    assertEquals("no-such-codec", refused.refused());
  }

  @Test
  void whatFfmpegRefusesIsTold() {
    MediaSetupException rate =
        assertThrows(
            MediaSetupException.class,
            () -> ffmpeg.openEncoder(CodecSetup.of("libopencore_amrnb", 44_100, 1)));
    assertTrue(rate.getMessage().contains("FFmpeg cannot open"), rate.getMessage());
    MediaSetupException option =
        assertThrows(
            MediaSetupException.class,
            () -> ffmpeg.openEncoder(NB_ENCODER.withOption("no-such-option", "1")));
    assertTrue(option.getMessage().contains("no-such-option"), option.getMessage());
  }

  @Test
  void framesGoThere() throws Exception {
    try (FrameEncoder encoder = ffmpeg.openEncoder(NB_ENCODER);
        FrameDecoder decoder = ffmpeg.openDecoder(NB_DECODER)) {
      assertEquals(160, encoder.samplesPerFrame());
      short[] pcm = tone(160 * 50);
      short[] decoded = new short[pcm.length];
      byte[] packet = new byte[64];
      for (int i = 0; i < 50; i++) {
        assertEquals(32, encoder.encode(pcm, i * 160, packet, 3));
        assertEquals(160, decoder.decode(packet, 3, 32, decoded, i * 160));
      }
      assertEquals(8_000, decoder.sampleRateHz());
      assertEquals(1, decoder.channels());
      assertTrue(energy(decoded, 1_600, 6_400) > energy(pcm, 1_600, 6_400) / 2);
    }
  }

  @Test
  void bitrateIsFollowedWithTheNextFrame() throws Exception {
    int[] bitrates = {4_750, 5_150, 5_900, 6_700, 7_400, 7_950, 10_200, 12_200};
    int[] bytes = {13, 14, 16, 18, 20, 21, 27, 32};
    try (FrameEncoder encoder = ffmpeg.openEncoder(NB_ENCODER)) {
      short[] pcm = tone(160);
      byte[] packet = new byte[64];
      for (int i = bitrates.length - 1; i >= 0; i--) {
        encoder.bitrateBps(bitrates[i]);
        assertEquals(bytes[i], encoder.encode(pcm, 0, packet, 0), bitrates[i] + " bit/s");
      }
    }
  }

  @Test
  void encoderThatWantsAnotherFormatIsRefused() {
    MediaSetupException refused =
        assertThrows(MediaSetupException.class, () -> ffmpeg.openEncoder(AAC_ENCODER));
    assertTrue(refused.getMessage().contains("aac"), refused.getMessage());
  }

  @Test
  void buffersThatAreTooSmallAreStatuses() throws Exception {
    try (FrameEncoder encoder = ffmpeg.openEncoder(NB_ENCODER);
        FrameDecoder decoder = ffmpeg.openDecoder(NB_DECODER)) {
      short[] pcm = tone(160);
      byte[] packet = new byte[32];
      assertEquals(MediaStatus.BUFFER_TOO_SMALL, encoder.encode(pcm, 0, packet, 1));
      assertEquals(MediaStatus.BAD_INPUT, encoder.encode(pcm, 1, packet, 0));
      assertEquals(32, encoder.encode(pcm, 0, packet, 0));
      assertEquals(MediaStatus.BUFFER_TOO_SMALL, decoder.decode(packet, 0, 32, pcm, 1));
      assertEquals(MediaStatus.BAD_INPUT, decoder.decode(packet, 0, 33, pcm, 0));
      assertEquals(MediaStatus.BAD_INPUT, decoder.decode(packet, 0, 0, pcm, 0));
      assertEquals(160, decoder.decode(packet, 0, 32, pcm, 0));
    }
  }

  @Test
  void badPacketsAreStatuses() throws Exception {
    Random random = new Random(8_112);
    short[] pcm = new short[8 * 2_048];
    byte[] packet = new byte[FrameDecoder.MAX_PACKET_BYTES];
    CodecSetup aac =
        CodecSetup.of("aac", 48_000, 1).withConfiguration(new byte[] {0x11, (byte) 0x88});
    try (FrameDecoder speech = ffmpeg.openDecoder(NB_DECODER);
        FrameDecoder music = ffmpeg.openDecoder(aac)) {
      for (int i = 0; i < 3_000; i++) {
        int length = 1 + random.nextInt(i % 50 == 0 ? packet.length : 80);
        random.nextBytes(packet);
        assertTrue(speech.decode(packet, 0, length, pcm, 0) <= pcm.length);
        assertTrue(music.decode(packet, 0, length, pcm, 0) <= pcm.length);
      }
      assertEquals(160, speech.decode(new byte[] {0x7C}, 0, 1, pcm, 0));
    }
  }

  @Test
  void closedInstancesFail() throws Exception {
    FrameEncoder encoder = ffmpeg.openEncoder(NB_ENCODER);
    FrameDecoder decoder = ffmpeg.openDecoder(NB_DECODER);
    encoder.close();
    encoder.close();
    decoder.close();
    decoder.close();
    assertEquals(MediaStatus.FAILED, encoder.encode(new short[160], 0, new byte[64], 0));
    assertEquals(MediaStatus.FAILED, decoder.decode(new byte[64], 0, 32, new short[160], 0));
    encoder.bitrateBps(4_750);
  }

  @Test
  void nothingIsAllocatedPerFrame() throws Exception {
    try (FrameEncoder encoder = ffmpeg.openEncoder(NB_ENCODER);
        FrameDecoder decoder = ffmpeg.openDecoder(NB_DECODER)) {
      short[] pcm = tone(160);
      byte[] packet = new byte[64];
      for (int i = 0; i < 5_000; i++) {
        encodeAndDecode(encoder, decoder, pcm, packet, i);
      }
      allocated();
      long before = allocated();
      for (int i = 0; i < 200; i++) {
        encodeAndDecode(encoder, decoder, pcm, packet, i);
      }
      assertEquals(0, allocated() - before);
    }
  }

  private static void encodeAndDecode(
      FrameEncoder encoder, FrameDecoder decoder, short[] pcm, byte[] packet, int i) {
    encoder.bitrateBps(i % 2 == 0 ? 12_200 : 4_750);
    int bytes = encoder.encode(pcm, 0, packet, 0);
    decoder.decode(packet, 0, bytes, pcm, 0);
  }

  private static long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  private static short[] tone(int samples) {
    short[] pcm = new short[samples];
    for (int i = 0; i < samples; i++) {
      pcm[i] = (short) (8_000 * Math.sin(2 * Math.PI * 440 * i / 8_000));
    }
    return pcm;
  }

  private static double energy(short[] pcm, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += pcm[i] * pcm[i];
    }
    return sum;
  }
}
