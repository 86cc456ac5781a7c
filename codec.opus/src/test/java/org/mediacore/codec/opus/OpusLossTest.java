package org.mediacore.codec.opus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.codec.Fmtp;

/** What is heard in place of lost packets, on speech. */
class OpusLossTest {
  private static final AudioFormat MONO = new AudioFormat(48_000, 1);
  private static final int FRAME = 960;

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

  /** Every fifth packet is lost: what was rebuilt is nearer to the sound than what was made up. */
  @ParameterizedTest
  @MethodSource("engines")
  void redundancyBeatsConcealment(OpusEngine engine) throws Exception {
    short[] speech = Vectors.wav("speech/alsa-48k/Front_Center.wav");
    List<byte[]> payloads = encode(engine, speech, Fmtp.parse("useinbandfec=1"), 20);
    short[] whole = decode(engine, payloads, false, false);
    double rebuilt = lostSnrDb(whole, decode(engine, payloads, true, true));
    double concealed = lostSnrDb(whole, decode(engine, payloads, true, false));
    assertTrue(
        rebuilt > concealed + 3,
        String.format("rebuilt %.1f dB, concealed %.1f dB", rebuilt, concealed));
  }

  /** A peer that has no use for redundancy gets none, whatever is tuned. */
  @ParameterizedTest
  @MethodSource("engines")
  void noRedundancyForAPeerThatDoesNotAsk(OpusEngine engine) throws Exception {
    short[] speech = Vectors.wav("speech/alsa-48k/Front_Center.wav");
    OpusPacket packet = new OpusPacket();
    int redundant = 0;
    for (byte[] payload : encode(engine, speech, Fmtp.NONE, 20)) {
      assertTrue(packet.read(ByteBuffer.wrap(payload)));
      redundant += packet.hasRedundancy(ByteBuffer.wrap(payload)) ? 1 : 0;
    }
    assertEquals(0, redundant);
  }

  /** Any number of samples can be concealed or recovered, and nothing else is written. */
  @ParameterizedTest
  @MethodSource("engines")
  void gapsOfAnyLength(OpusEngine engine) throws Exception {
    short[] speech = Vectors.wav("speech/alsa-48k/Front_Center.wav");
    List<byte[]> payloads = encode(engine, speech, Fmtp.parse("useinbandfec=1"), 20);
    ByteBuffer next = firstWithRedundancy(payloads);
    CodecParameters parameters = Engines.parameters(MONO, 20_000, Fmtp.NONE);
    for (int gap : new int[] {0, 1, 119, 120, 333, 959, 960, 961, 1920, 5760, 12_345}) {
      try (AudioDecoder decoder = factory(engine).createDecoder(parameters)) {
        short[] pcm = new short[20_000];
        decoder.decode(ByteBuffer.wrap(payloads.get(30)), pcm, 0);
        assertEquals(gap, decoder.conceal(gap, filled(pcm), 10), "conceal " + gap);
        assertOnlyWritten(pcm, 10, gap);
        assertEquals(MediaStatus.UNSUPPORTED, decoder.recover(next, 1, gap, filled(pcm), 10));
        assertEquals(MediaStatus.UNSUPPORTED, decoder.recover(next, FRAME, gap, pcm, 10));
        assertOnlyWritten(pcm, 10, 0);
        int rebuilt = decoder.recover(next, 0, gap, pcm, 10);
        assertEquals(gap == 0 ? MediaStatus.UNSUPPORTED : gap, rebuilt, "recover " + gap);
        assertOnlyWritten(pcm, 10, gap);
        assertEquals(FRAME, decoder.decode(next, pcm, 0));
        assertEquals(MediaStatus.BUFFER_TOO_SMALL, decoder.conceal(961, pcm, 20_000 - 960));
      }
    }
  }

  /** Of a frame that is missing in part, the end is rebuilt. */
  @ParameterizedTest
  @MethodSource("engines")
  void endOfAFrameIsThatOfTheWholeFrame(OpusEngine engine) throws Exception {
    short[] speech = Vectors.wav("speech/alsa-48k/Front_Center.wav");
    List<byte[]> payloads = encode(engine, speech, Fmtp.parse("useinbandfec=1"), 20);
    ByteBuffer next = firstWithRedundancy(payloads);
    CodecParameters parameters = Engines.parameters(MONO, 20_000, Fmtp.NONE);
    short[][] rebuilt = new short[2][];
    for (int i = 0; i < 2; i++) {
      int samples = i == 0 ? FRAME : FRAME / 3;
      try (AudioDecoder decoder = factory(engine).createDecoder(parameters)) {
        short[] pcm = new short[FRAME];
        decoder.decode(ByteBuffer.wrap(payloads.get(30)), pcm, 0);
        assertEquals(samples, decoder.recover(next, 0, samples, pcm, 0));
        rebuilt[i] = Arrays.copyOf(pcm, samples);
      }
    }
    assertArrayEquals(Arrays.copyOfRange(rebuilt[0], FRAME - FRAME / 3, FRAME), rebuilt[1]);
  }

  /** Silence is left out, apart from a payload every 400 ms at most (RFC 7587 §3.1.3). */
  @ParameterizedTest
  @MethodSource("engines")
  void silenceIsLeftOutWhereThePeerAsks(OpusEngine engine) throws Exception {
    short[] speech = Vectors.wav("speech/alsa-48k/Front_Center.wav");
    short[] call = Arrays.copyOf(speech, speech.length + 3 * 48_000);
    int silentFrom = speech.length / FRAME + 50;
    List<byte[]> asked = encode(engine, call, Fmtp.parse("usedtx=1"), 0);
    List<byte[]> unasked = encode(engine, call, Fmtp.NONE, 0);
    long sent = asked.subList(silentFrom, asked.size()).stream().filter(p -> p.length > 0).count();
    long frames = asked.size() - silentFrom;
    assertTrue(sent <= frames / 10, sent + " of " + frames + " silent frames were sent");
    assertTrue(unasked.stream().allMatch(p -> p.length > 0));
    for (int i = 0; i < silentFrom; i++) {
      assertTrue(asked.get(i).length > 0 || !isLoud(call, i), "speech was left out, frame " + i);
    }
  }

  private static boolean isLoud(short[] pcm, int frame) {
    double energy = 0;
    for (int i = frame * FRAME; i < (frame + 1) * FRAME; i++) {
      energy += (double) pcm[i] * pcm[i];
    }
    return Math.sqrt(energy / FRAME) > 500;
  }

  private static ByteBuffer firstWithRedundancy(List<byte[]> payloads) {
    OpusPacket packet = new OpusPacket();
    for (byte[] payload : payloads) {
      ByteBuffer bytes = ByteBuffer.wrap(payload);
      if (packet.read(bytes) && packet.hasRedundancy(bytes)) {
        return bytes;
      }
    }
    throw new AssertionError("no payload has redundancy");
  }

  private static OpusCodecFactory factory(OpusEngine engine) {
    return new OpusCodecFactory(engine, OpusSettings.DEFAULT);
  }

  private static List<byte[]> encode(OpusEngine engine, short[] pcm, Fmtp remote, int lossPercent)
      throws Exception {
    List<byte[]> payloads = new ArrayList<>();
    CodecParameters parameters = Engines.parameters(MONO, 20_000, remote);
    try (AudioEncoder encoder = factory(engine).createEncoder(parameters)) {
      encoder.tune(
          EncoderTuning.builder().expectedLossPercent(lossPercent).inbandFec(true).build());
      for (int at = 0; at + FRAME <= pcm.length; at += FRAME) {
        ByteBuffer out = ByteBuffer.allocate(1275);
        int bytes = encoder.encode(pcm, at, FRAME, out);
        assertTrue(bytes >= 0, MediaStatus.nameOf(bytes));
        payloads.add(Arrays.copyOf(out.array(), bytes));
      }
    }
    return payloads;
  }

  private static boolean isLost(int frame) {
    return frame % 5 == 4;
  }

  private static short[] decode(
      OpusEngine engine, List<byte[]> payloads, boolean lossy, boolean recover) throws Exception {
    short[] pcm = new short[payloads.size() * FRAME + 5 * FRAME];
    CodecParameters parameters = Engines.parameters(MONO, 20_000, Fmtp.NONE);
    try (AudioDecoder decoder = factory(engine).createDecoder(parameters)) {
      for (int i = 0; i < payloads.size(); i++) {
        int samples;
        if (lossy && isLost(i) && i + 1 < payloads.size()) {
          ByteBuffer next = ByteBuffer.wrap(payloads.get(i + 1));
          samples = recover ? decoder.recover(next, 0, FRAME, pcm, i * FRAME) : -1;
          samples = samples < 0 ? decoder.conceal(FRAME, pcm, i * FRAME) : samples;
        } else {
          samples = decoder.decode(ByteBuffer.wrap(payloads.get(i)), pcm, i * FRAME);
        }
        assertEquals(FRAME, samples, "frame " + i);
      }
    }
    return pcm;
  }

  /** Energy of the lost frames over that of the difference in them. */
  private static double lostSnrDb(short[] whole, short[] lossy) {
    double signal = 0;
    double noise = 0;
    for (int i = 0; i < whole.length; i++) {
      if (isLost(i / FRAME)) {
        signal += (double) whole[i] * whole[i];
        noise += Math.pow(whole[i] - lossy[i], 2);
      }
    }
    return 10 * Math.log10(signal / noise);
  }

  private static short[] filled(short[] pcm) {
    Arrays.fill(pcm, (short) 0x5555);
    return pcm;
  }

  private static void assertOnlyWritten(short[] pcm, int from, int count) {
    for (int i = 0; i < pcm.length; i++) {
      if (i < from || i >= from + count) {
        assertEquals(0x5555, pcm[i], "element " + i);
      }
    }
  }
}
