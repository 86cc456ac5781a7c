package org.mediacore.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.codec.Fmtp;

/** What is set reaches the payloads, through either library. */
class OpusEncodingTest {
  private static final AudioFormat MONO = new AudioFormat(48_000, 1);
  private static final AudioFormat STEREO = new AudioFormat(48_000, 2);

  @TempDir static Path directory;
  private static OpusEngine libopus;

  @BeforeAll
  static void load() {
    libopus = Engines.libopus(directory);
  }

  @AfterAll
  static void unload() {
    libopus.release();
  }

  static Stream<OpusEngine> engines() {
    return Stream.of(libopus, new JavaEngine());
  }

  /** First configuration of each bandwidth in RFC 6716 §3.1, table 2, for SILK and for CELT. */
  @ParameterizedTest
  @MethodSource("engines")
  void noWiderThanThePeerPlays(OpusEngine engine) throws Exception {
    int[][] rates = {{8_000, 0, 16}, {16_000, 8, 20}};
    for (int[] rate : rates) {
      Fmtp remote = Fmtp.parse("maxplaybackrate=" + rate[0]);
      for (byte[] payload : encode(engine, MONO, 20_000, remote, 50)) {
        int config = (payload[0] & 0xFF) >> 3;
        assertTrue(
            config >= rate[1] && config < rate[1] + 4 || config >= rate[2] && config < rate[2] + 4,
            rate[0] + " Hz gave configuration " + config);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void constantBitrateIsConstant(OpusEngine engine) throws Exception {
    Fmtp remote = Fmtp.parse("cbr=1;maxaveragebitrate=24000");
    for (byte[] payload : encode(engine, MONO, 20_000, remote, 50)) {
      assertEquals(60, payload.length);
    }
    List<byte[]> free = encode(engine, MONO, 20_000, Fmtp.NONE, 50);
    long sizes = free.stream().mapToInt(payload -> payload.length).distinct().count();
    assertTrue(sizes > 1, "without cbr the size varies");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void meanBitrateIsKept(OpusEngine engine) throws Exception {
    for (int bps : new int[] {12_000, 24_000, 64_000}) {
      OpusSettings settings =
          OpusSettings.read(Map.of("bitrate", bps), OpusSettings.DEFAULT, AssertionError::new);
      CodecParameters parameters = Engines.parameters(MONO, 20_000, Fmtp.NONE);
      try (AudioEncoder encoder =
          new OpusCodecFactory(engine, settings).createEncoder(parameters)) {
        int bytes = encode(encoder, MONO, 960, 200).stream().mapToInt(p -> p.length).sum();
        int measured = bytes * 8 / 4;
        assertTrue(measured > bps * 0.7 && measured < bps * 1.25, measured + " instead of " + bps);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void tuningChangesARunningEncoder(OpusEngine engine) throws Exception {
    CodecParameters parameters = Engines.parameters(MONO, 20_000, Fmtp.NONE);
    try (AudioEncoder encoder =
        new OpusCodecFactory(engine, OpusSettings.DEFAULT).createEncoder(parameters)) {
      int before = encode(encoder, MONO, 960, 50).stream().mapToInt(p -> p.length).sum();
      assertTrue(encoder.tune(EncoderTuning.builder().bitrateBps(16_000).build()));
      int after = encode(encoder, MONO, 960, 50).stream().mapToInt(p -> p.length).sum();
      assertTrue(after < before * 0.7, after + " bytes after " + before);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void stereoKeepsItsSides(OpusEngine engine) throws Exception {
    List<byte[]> payloads = encode(engine, STEREO, 20_000, Fmtp.parse("stereo=1"), 25);
    short[] pcm = new short[2 * 5760];
    try (AudioDecoder decoder = decoder(engine, STEREO)) {
      for (byte[] payload : payloads) {
        assertTrue((payload[0] & 4) != 0, "coded in mono");
        assertEquals(960, decoder.decode(ByteBuffer.wrap(payload), pcm, 0));
      }
    }
    double left = 0;
    double right = 0;
    for (int i = 0; i < 960; i++) {
      left += Math.pow(pcm[2 * i], 2);
      right += Math.pow(pcm[2 * i + 1], 2);
    }
    assertTrue(left > 20 * right, "left " + left + ", right " + right);
  }

  /** One frame of each duration, and packets made of several, up to 120 ms; mono and stereo. */
  @ParameterizedTest
  @MethodSource("engines")
  void packetsOfEveryDurationAreDecoded(OpusEngine engine) throws Exception {
    for (AudioFormat format : List.of(MONO, STEREO)) {
      for (int frameUs : new int[] {2_500, 5_000, 10_000, 20_000, 40_000, 60_000}) {
        int samples = format.samplesIn(frameUs);
        EncoderCore encoder = engine.newEncoder(format, Application.VOIP);
        encoder.set(EncoderControl.BITRATE_BPS, 16_000 * format.channels());
        encoder.set(EncoderControl.MAX_BANDWIDTH, Bandwidth.WIDE.code());
        ByteBuffer out = ByteBuffer.allocate(1275);
        int bytes = encoder.encode(sound(format, 0, samples), 0, samples, out, 1275);
        encoder.close();
        byte[] single = Arrays.copyOf(out.array(), bytes);
        assertEquals(0, single[0] & 3, "a packet of one frame");
        try (AudioDecoder decoder = decoder(engine, format)) {
          short[] pcm = new short[format.elementsIn(120_000)];
          for (int count = 1; count * frameUs <= 120_000; count++) {
            ByteBuffer packet = repeat(single, count);
            assertEquals(count * samples, decoder.samplesIn(packet));
            assertEquals(count * samples, decoder.decode(packet, pcm, 0));
          }
        }
      }
    }
  }

  /** Least delay means CELT alone, whose configurations begin at 16 (RFC 6716 §3.1, table 2). */
  @ParameterizedTest
  @MethodSource("engines")
  void theApplicationReachesTheEncoder(OpusEngine engine) throws Exception {
    for (Application application : Application.values()) {
      Map<String, Object> keys = Map.of("application", application.key(), "bitrate", 16_000);
      boolean celt = false;
      boolean silk = false;
      for (byte[] payload : encode(engine, settings(keys), 20_000, 50)) {
        boolean isCelt = (payload[0] & 0xFF) >> 3 >= 16;
        celt |= isCelt;
        silk |= !isCelt;
      }
      assertTrue(application == Application.LOWDELAY ? celt && !silk : silk, application.key());
    }
  }

  /** Ours are no wider than configured: first configurations of SILK and CELT as above. */
  @ParameterizedTest
  @MethodSource("engines")
  void noWiderThanConfigured(OpusEngine engine) throws Exception {
    for (byte[] payload : encode(engine, settings(Map.of("bandwidth", "narrow")), 20_000, 50)) {
      int config = (payload[0] & 0xFF) >> 3;
      assertTrue(config < 4 || config >= 16 && config < 20, "configuration " + config);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void constantBitrateCanBeOurWish(OpusEngine engine) throws Exception {
    Map<String, Object> keys = Map.of("cbr", "true", "bitrate", 24_000);
    for (byte[] payload : encode(engine, settings(keys), 20_000, 50)) {
      assertEquals(60, payload.length);
    }
  }

  /** 40 and 60 ms that SILK alone could not say in one frame come as packets of several. */
  @ParameterizedTest
  @MethodSource("engines")
  void longPayloadsHoldSeveralFrames(OpusEngine engine) throws Exception {
    OpusPacket packet = new OpusPacket();
    short[] pcm = new short[5_760];
    for (int frameUs : new int[] {40_000, 60_000}) {
      List<byte[]> payloads = encode(engine, settings(Map.of("bitrate", 64_000)), frameUs, 20);
      try (AudioDecoder decoder = decoder(engine, MONO)) {
        for (byte[] payload : payloads) {
          assertTrue(packet.read(ByteBuffer.wrap(payload)));
          assertEquals(frameUs / 20_000, packet.frames());
          assertEquals(MONO.samplesIn(frameUs), decoder.decode(ByteBuffer.wrap(payload), pcm, 0));
        }
      }
    }
  }

  private static OpusSettings settings(Map<String, ?> keys) {
    return OpusSettings.read(keys, OpusSettings.DEFAULT, AssertionError::new);
  }

  private static List<byte[]> encode(
      OpusEngine engine, OpusSettings settings, int frameUs, int frames) throws Exception {
    CodecParameters parameters = Engines.parameters(MONO, frameUs, Fmtp.NONE);
    try (AudioEncoder encoder = new OpusCodecFactory(engine, settings).createEncoder(parameters)) {
      return encode(encoder, MONO, parameters.samplesPerFrame(), frames);
    }
  }

  /** A packet of code 3 with equal frames (RFC 6716 §3.2.5). */
  private static ByteBuffer repeat(byte[] single, int count) {
    ByteBuffer packet = ByteBuffer.allocate(2 + count * single.length);
    packet.put((byte) (single[0] | 3)).put((byte) count);
    for (int i = 0; i < count; i++) {
      packet.put(single, 1, single.length - 1);
    }
    return packet.flip();
  }

  private static AudioDecoder decoder(OpusEngine engine, AudioFormat format) throws Exception {
    return new OpusCodecFactory(engine, OpusSettings.DEFAULT)
        .createDecoder(Engines.parameters(format, 20_000, Fmtp.NONE));
  }

  private static List<byte[]> encode(
      OpusEngine engine, AudioFormat format, int frameUs, Fmtp remote, int frames)
      throws Exception {
    CodecParameters parameters = Engines.parameters(format, frameUs, remote);
    try (AudioEncoder encoder =
        new OpusCodecFactory(engine, OpusSettings.DEFAULT).createEncoder(parameters)) {
      return encode(encoder, format, parameters.samplesPerFrame(), frames);
    }
  }

  private static List<byte[]> encode(
      AudioEncoder encoder, AudioFormat format, int samples, int frames) {
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      ByteBuffer out = ByteBuffer.allocate(1275);
      int bytes = encoder.encode(sound(format, i * samples, samples), 0, samples, out);
      assertTrue(bytes > 0, "frame " + i + " gave " + bytes);
      payloads.add(Arrays.copyOf(out.array(), bytes));
    }
    return payloads;
  }

  /** A gliding harmonic tone, on the left where there are two sides. */
  private static short[] sound(AudioFormat format, int from, int samples) {
    short[] pcm = new short[samples * format.channels()];
    for (int i = 0; i < samples; i++) {
      double t = (from + i) / 48_000.0;
      double phase = 2 * Math.PI * (150 * t + 20 * Math.sin(2 * Math.PI * t));
      double sum = 0;
      for (int harmonic = 1; harmonic < 40; harmonic++) {
        sum += Math.sin(harmonic * phase) / harmonic;
      }
      pcm[i * format.channels()] = (short) (6_000 * sum);
    }
    return pcm;
  }
}
