package org.mediacore.codec.opus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.codec.Fmtp;

/** Deep concealment and deep redundancy (DRED) of libopus, judged on speech. */
class NeuralDecodingTest {
  private static final AudioFormat MONO = new AudioFormat(48_000, 1);
  private static final int FRAME = LogSpectralDistance.SAMPLES;
  private static final LogSpectralDistance DISTANCE = new LogSpectralDistance();

  /** Quieter frames say little about speech. */
  private static final double LOUD = 300;

  @TempDir static Path directory;
  private static OpusEngine libopus;
  private static short[] speech;

  @BeforeAll
  static void load() throws Exception {
    libopus = Engines.libopus(directory);
    speech = new short[0];
    for (String name : List.of("Front_Center", "Front_Left", "Rear_Right")) {
      short[] more = Vectors.wav("speech/alsa-48k/" + name + ".wav");
      short[] both = Arrays.copyOf(speech, speech.length + more.length);
      System.arraycopy(more, 0, both, speech.length, more.length);
      speech = both;
    }
  }

  @AfterAll
  static void unload() {
    libopus.release();
  }

  @Test
  void theEmbeddedLibraryHasBoth() {
    assertTrue(libopus.has(LibraryFeature.DECODER_COMPLEXITY));
    assertTrue(libopus.has(LibraryFeature.DEEP_REDUNDANCY));
  }

  /** One in five frames lost, in bursts: the deep concealment is nearer to what was said. */
  @ParameterizedTest
  @CsvSource({"1, 0.3", "3, 1.0", "5, 2.0"})
  void deepConcealmentIsNearerToSpeech(int burst, double betterByDb) throws Exception {
    List<byte[]> payloads = encode(settings(Map.of("fec", false)), 10);
    double plain = lostDistance(payloads, burst, settings(Map.of("decoder.complexity", 4)), 0);
    double deep = lostDistance(payloads, burst, OpusSettings.DEFAULT, 0);
    assertTrue(deep < plain - betterByDb, String.format("%.2f dB after %.2f dB", deep, plain));
  }

  /** In a hurry it conceals as it would without the neural network, and then as before. */
  @Test
  void inAHurryItConcealsWithoutTheNetwork() throws Exception {
    List<byte[]> payloads = encode(settings(Map.of("fec", false)), 10);
    short[] plain = decode(payloads, 3, settings(Map.of("decoder.complexity", 4)), 0);
    assertArrayEquals(plain, decode(payloads, 3, OpusSettings.DEFAULT, 0, payloads.size()));
    short[] deep = decode(payloads, 3, OpusSettings.DEFAULT, 0);
    short[] until60 = decode(payloads, 3, OpusSettings.DEFAULT, 0, 60);
    int next = 60;
    while (!isLost(next, 3, payloads.size())) {
      next++;
    }
    assertEquals(next, sameFrames(plain, until60));
    assertTrue(sameFrames(plain, deep) < 20);
  }

  /** How many frames are the same, from the first one on. */
  private static int sameFrames(short[] one, short[] other) {
    return Arrays.mismatch(one, other) / FRAME;
  }

  /** Without a loss the deep concealment changes no sample. */
  @ParameterizedTest
  @ValueSource(ints = {12_000, 32_000, 96_000})
  void withoutLossItChangesNothing(int bitrateBps) throws Exception {
    List<byte[]> payloads = encode(settings(Map.of("bitrate", bitrateBps)), 0);
    short[] deep = decode(payloads, 0, OpusSettings.DEFAULT, 0);
    assertArrayEquals(decode(payloads, 0, settings(Map.of("decoder.complexity", 0)), 0), deep);
  }

  /** A gap restored at once, or frame by frame as pipelines do: much nearer than concealed. */
  @ParameterizedTest
  @CsvSource({
    "3, 3, false, 32000, 3.0",
    "3, 1, false, 32000, 3.0",
    "3, 3, true, 64000, 3.0",
    "3, 1, true, 64000, 3.0",
    "5, 1, false, 32000, 3.0",
    "1, 1, false, 32000, 1.5"
  })
  void deepRedundancyRestoresAWholeGap(
      int burst, int pieceFrames, boolean fec, int bitrateBps, double betterByDb) throws Exception {
    OpusSettings dred = settings(Map.of("dred", 200, "fec", fec, "bitrate", bitrateBps));
    List<byte[]> payloads = encode(dred, 20);
    double concealed = lostDistance(payloads, burst, dred, 0);
    double restored = lostDistance(payloads, burst, dred, pieceFrames);
    String found = String.format("%.2f dB after %.2f dB", restored, concealed);
    assertTrue(restored < concealed - betterByDb, found);
  }

  /** Off: nothing of it is sent, and what others send is not looked at. */
  @Test
  void offItIsNeitherSentNorRead() throws Exception {
    OpusSettings plain = settings(Map.of("fec", false));
    List<byte[]> sent = encode(settings(Map.of("fec", false, "dred", 200)), 10);
    List<byte[]> unsent = encode(plain, 10);
    assertFalse(reach(sent, settings(Map.of("dred", 10))).isEmpty());
    assertEquals(List.of(), reach(unsent, settings(Map.of("dred", 10))));
    assertEquals(List.of(), reach(sent, plain));
  }

  /** Any number of samples can be asked for; what is not covered is concealed. */
  @Test
  void gapsOfAnyLength() throws Exception {
    OpusSettings dred = settings(Map.of("dred", 200, "fec", false));
    ByteBuffer next = ByteBuffer.wrap(encode(dred, 10).get(60));
    CodecParameters parameters = Engines.parameters(MONO, 20_000, Fmtp.NONE);
    for (int gap : new int[] {0, 1, 479, 480, 481, 960, 1_000, 5_760, 12_345, 70_000}) {
      try (AudioDecoder decoder = new OpusCodecFactory(libopus, dred).createDecoder(parameters)) {
        short[] pcm = new short[80_000];
        Arrays.fill(pcm, (short) 0x5555);
        int expected = gap < 480 ? MediaStatus.UNSUPPORTED : gap;
        assertEquals(expected, decoder.recover(next, 0, gap, pcm, 7), "gap of " + gap);
        for (int i = 0; i < pcm.length; i++) {
          if (i < 7 || i >= 7 + Math.max(0, expected)) {
            assertEquals(0x5555, pcm[i], "gap of " + gap + ", element " + i);
          }
        }
        assertEquals(FRAME, decoder.decode(next, pcm, 0));
      }
    }
  }

  /** Pieces can be asked for at any distance; beyond what is described nothing is touched. */
  @Test
  void piecesAtAnyDistance() throws Exception {
    OpusSettings dred = settings(Map.of("dred", 200, "fec", false));
    ByteBuffer next = ByteBuffer.wrap(encode(dred, 10).get(60));
    CodecParameters parameters = Engines.parameters(MONO, 20_000, Fmtp.NONE);
    int furthest = 0;
    for (int distance :
        new int[] {0, 1, 479, 480, 960, 2_880, 9_600, 48_000, Integer.MAX_VALUE, -1}) {
      try (AudioDecoder decoder = new OpusCodecFactory(libopus, dred).createDecoder(parameters)) {
        short[] pcm = new short[8_000];
        Arrays.fill(pcm, (short) 0x5555);
        int status = decoder.recover(next, distance, FRAME, pcm, 7);
        int written = status == MediaStatus.UNSUPPORTED ? 0 : FRAME;
        assertTrue(status == FRAME || written == 0, "at " + distance + ": " + status);
        furthest = status == FRAME ? Math.max(furthest, distance) : furthest;
        for (int i = 0; i < pcm.length; i++) {
          if (i < 7 || i >= 7 + written) {
            assertEquals(0x5555, pcm[i], "at " + distance + ", element " + i);
          }
        }
        assertEquals(FRAME, decoder.decode(next, pcm, 0));
      }
    }
    assertTrue(furthest >= 2_880 && furthest < 48_000, furthest + " samples");
  }

  /**
   * What is known of a payload is that of its content: the buffer may be another one, or the same
   * one with another payload in it.
   */
  @Test
  void payloadIsKnownByItsContent() throws Exception {
    OpusSettings dred = settings(Map.of("dred", 200, "fec", false));
    List<byte[]> payloads = encode(dred, 10);
    ByteBuffer reused = ByteBuffer.allocateDirect(1_500);
    short[] fromOne = pieces(dred, payloads, p -> reused.clear().put(p).flip());
    short[] fromNew = pieces(dred, payloads, p -> ByteBuffer.wrap(p.clone()));
    assertArrayEquals(fromNew, fromOne);
  }

  /** One payload's redundancy is not taken for that of another one. */
  @Test
  void redundancyIsThatOfThePayload() throws Exception {
    OpusSettings dred = settings(Map.of("dred", 200, "fec", false));
    byte[] rich = encode(dred, 10).get(60);
    byte[] plain = encode(settings(Map.of("fec", false)), 10).get(60);
    CodecParameters parameters = Engines.parameters(MONO, 20_000, Fmtp.NONE);
    ByteBuffer next = ByteBuffer.allocateDirect(1_500);
    short[] pcm = new short[FRAME];
    try (AudioDecoder decoder = new OpusCodecFactory(libopus, dred).createDecoder(parameters)) {
      for (int i = 0; i < 3; i++) {
        next.clear().put(rich).flip();
        assertEquals(FRAME, decoder.recover(next, FRAME, FRAME, pcm, 0));
        next.clear().put(plain).flip();
        if (i == 1) {
          assertEquals(FRAME, decoder.decode(next, pcm, 0));
        }
        assertEquals(MediaStatus.UNSUPPORTED, decoder.recover(next, FRAME, FRAME, pcm, 0));
      }
    }
  }

  private interface Wrapping {
    ByteBuffer of(byte[] payload);
  }

  /** Two gaps with nothing decoded between them, then one behind a payload that was decoded. */
  private static short[] pieces(OpusSettings dred, List<byte[]> payloads, Wrapping next)
      throws Exception {
    short[] pcm = new short[8 * FRAME];
    CodecParameters parameters = Engines.parameters(MONO, 20_000, Fmtp.NONE);
    try (AudioDecoder decoder = new OpusCodecFactory(libopus, dred).createDecoder(parameters)) {
      int[] behind = {60, 60, 80, 80, -1, 80, 60};
      for (int i = 0; i < behind.length; i++) {
        int samples =
            behind[i] < 0
                ? decoder.decode(ByteBuffer.wrap(payloads.get(40)), pcm, i * FRAME)
                : decoder.recover(next.of(payloads.get(behind[i])), FRAME, FRAME, pcm, i * FRAME);
        assertEquals(FRAME, samples, "step " + i);
      }
    }
    return pcm;
  }

  /** The pieces of one gap do not cost a reading of the payload each. */
  @Test
  void payloadIsReadOncePerGap() throws Exception {
    OpusSettings dred = settings(Map.of("dred", 500, "fec", false));
    List<byte[]> payloads = encode(dred, 10);
    CodecParameters parameters = Engines.parameters(MONO, 20_000, Fmtp.NONE);
    try (AudioDecoder decoder = new OpusCodecFactory(libopus, dred).createDecoder(parameters)) {
      ByteBuffer one = ByteBuffer.wrap(payloads.get(60));
      ByteBuffer other = ByteBuffer.wrap(payloads.get(61));
      long inTurnsNs = askingBeyondReachNs(decoder, one, other);
      long againNs = askingBeyondReachNs(decoder, one, one);
      assertTrue(againNs < inTurnsNs / 5, againNs + " ns after " + inTurnsNs + " ns");
    }
  }

  private static long askingBeyondReachNs(AudioDecoder decoder, ByteBuffer one, ByteBuffer other) {
    short[] pcm = new short[FRAME];
    long startNs = System.nanoTime();
    for (int i = 0; i < 500; i++) {
      int status = decoder.recover(i % 2 == 0 ? one : other, 60_000, FRAME, pcm, 0);
      assertEquals(MediaStatus.UNSUPPORTED, status);
    }
    return System.nanoTime() - startNs;
  }

  /** Concealing and restoring allocate nothing, as decoding does not. */
  @Test
  void nothingIsAllocatedForALostFrame() throws Exception {
    OpusSettings dred = settings(Map.of("dred", 200, "fec", false));
    List<byte[]> payloads = encode(dred, 10);
    ByteBuffer next = ByteBuffer.wrap(payloads.get(60));
    CodecParameters parameters = Engines.parameters(MONO, 20_000, Fmtp.NONE);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    short[] pcm = new short[3 * FRAME];
    try (AudioDecoder decoder = new OpusCodecFactory(libopus, dred).createDecoder(parameters)) {
      long before = 0;
      for (int i = 0; i < 1_200; i++) {
        if (i == 1_000) {
          before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        }
        decoder.conceal(FRAME, pcm, 0);
        decoder.recover(next, 2 * FRAME, FRAME, pcm, 0);
        decoder.recover(next, FRAME, FRAME, pcm, 0);
        decoder.recover(next, 0, FRAME, pcm, 0);
        decoder.decode(next, pcm, 0);
      }
      long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      assertTrue(after - before < 200, after - before + " bytes for 200 losses");
    }
  }

  private static OpusSettings settings(Map<String, ?> keys) {
    return OpusSettings.read(keys, OpusSettings.DEFAULT, AssertionError::new);
  }

  private static List<byte[]> encode(OpusSettings settings, int lossPercent) throws Exception {
    List<byte[]> payloads = new ArrayList<>();
    CodecParameters parameters = Engines.parameters(MONO, 20_000, Fmtp.parse("useinbandfec=1"));
    try (AudioEncoder encoder = new OpusCodecFactory(libopus, settings).createEncoder(parameters)) {
      encoder.tune(EncoderTuning.builder().expectedLossPercent(lossPercent).build());
      for (int at = 0; at + FRAME <= speech.length; at += FRAME) {
        ByteBuffer out = ByteBuffer.allocate(1275);
        int bytes = encoder.encode(speech, at, FRAME, out);
        assertTrue(bytes > 0, MediaStatus.nameOf(bytes));
        payloads.add(Arrays.copyOf(out.array(), bytes));
      }
    }
    return payloads;
  }

  /** The payloads that restore the frame before them. */
  private static List<Integer> reach(List<byte[]> payloads, OpusSettings settings)
      throws Exception {
    List<Integer> reaching = new ArrayList<>();
    CodecParameters parameters = Engines.parameters(MONO, 20_000, Fmtp.NONE);
    try (AudioDecoder decoder = new OpusCodecFactory(libopus, settings).createDecoder(parameters)) {
      for (int i = 0; i < payloads.size(); i++) {
        ByteBuffer payload = ByteBuffer.wrap(payloads.get(i));
        if (decoder.recover(payload, 0, FRAME, new short[FRAME], 0) == FRAME) {
          reaching.add(i);
        }
      }
    }
    return reaching;
  }

  private static boolean isLost(int frame, int burst, int frames) {
    return burst > 0 && frame % (5 * burst) >= 4 * burst && frame + burst < frames;
  }

  private static short[] decode(
      List<byte[]> payloads, int burst, OpusSettings settings, int pieceFrames) throws Exception {
    return decode(payloads, burst, settings, pieceFrames, 0);
  }

  /**
   * @param hurried for how many frames there is no time
   */
  private static short[] decode(
      List<byte[]> payloads, int burst, OpusSettings settings, int pieceFrames, int hurried)
      throws Exception {
    short[] pcm = new short[payloads.size() * FRAME + 5 * FRAME];
    CodecParameters parameters = Engines.parameters(MONO, 20_000, Fmtp.NONE);
    try (AudioDecoder decoder = new OpusCodecFactory(libopus, settings).createDecoder(parameters)) {
      int i = 0;
      decoder.hurry(hurried > 0);
      while (i < payloads.size()) {
        if (hurried > 0 && i == hurried) {
          decoder.hurry(false);
        }
        int lost = isLost(i, burst, payloads.size()) ? burst : 0;
        if (lost > 0 && pieceFrames > 0) {
          ByteBuffer next = ByteBuffer.wrap(payloads.get(i + lost));
          for (int k = 0; k < lost; k += pieceFrames) {
            int behind = (lost - k - pieceFrames) * FRAME;
            int piece = pieceFrames * FRAME;
            assertEquals(piece, decoder.recover(next, behind, piece, pcm, (i + k) * FRAME));
          }
        } else if (lost > 0) {
          for (int k = 0; k < lost; k++) {
            assertEquals(FRAME, decoder.conceal(FRAME, pcm, (i + k) * FRAME));
          }
        } else {
          assertEquals(FRAME, decoder.decode(ByteBuffer.wrap(payloads.get(i)), pcm, i * FRAME));
        }
        i += Math.max(1, lost);
      }
    }
    return pcm;
  }

  /** Mean distance of the lost loud frames from what would have been heard. */
  private static double lostDistance(
      List<byte[]> payloads, int burst, OpusSettings settings, int pieceFrames) throws Exception {
    short[] whole = decode(payloads, 0, settings, 0);
    short[] lossy = decode(payloads, burst, settings, pieceFrames);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < payloads.size(); i++) {
      if (isLost(i, burst, payloads.size()) && rms(whole, i * FRAME) > LOUD) {
        sum += DISTANCE.decibels(whole, lossy, i * FRAME);
        count++;
      }
    }
    assertTrue(count > 10, "only " + count + " loud frames were lost");
    return sum / count;
  }

  private static double rms(short[] pcm, int offset) {
    double energy = 0;
    for (int i = 0; i < FRAME; i++) {
      energy += (double) pcm[offset + i] * pcm[offset + i];
    }
    return Math.sqrt(energy / FRAME);
  }
}
