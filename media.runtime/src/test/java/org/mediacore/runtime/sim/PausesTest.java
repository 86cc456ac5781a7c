package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;
import static org.mediacore.runtime.sim.SimulatedPlatform.L16;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.session.AudioPort;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.Description;
import org.mediacore.api.session.MediaSession;
import org.mediacore.codec.g711.G711CodecFactory;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.mediacore.runtime.sim.SimulatedPhone.Received;

/** Pauses that comfort noise describes (RFC 3389), beside G.711. */
class PausesTest {
  private static final int CN = 13;

  /** 40 dB below overload, low-passed. */
  private static final byte[] SOFT = {40, 60, 127};

  private SimulatedPlatform platform;

  @BeforeEach
  void start() throws Exception {
    platform = new SimulatedPlatform(3389, Impairment.NONE);
  }

  private SimulatedPhone phone() throws Exception {
    return platform.phone(G711, "PCMU/8000", 0, 440);
  }

  /** The phone's offer with comfort noise, answered; the phone sends from now on. */
  private MediaSession answer(SimulatedPhone phone) throws Exception {
    MediaSession session = platform.session();
    String offer = phone.offer().replace("RTP/AVP 0", "RTP/AVP 0 " + CN);
    String answer = SimulatedPlatform.negotiate(session, offer);
    assertTrue(answer.contains(" RTP/AVP 0 13\r\n"), answer);
    phone.call(answer);
    return session;
  }

  /** Hears and says soft noise. */
  private static final class Room implements AudioPort {
    private final Random random = new Random(1);
    private final List<Double> levels = new ArrayList<>();

    @Override
    public String describe() {
      return "a room";
    }

    @Override
    public AudioFormat format() {
      return new AudioFormat(8_000, 1);
    }

    @Override
    public int read(short[] pcm, int offset, int samples) {
      for (int i = offset; i < offset + samples; i++) {
        pcm[i] = (short) (40 * random.nextGaussian());
      }
      return samples;
    }

    @Override
    public void write(short[] pcm, int offset, int samples) {
      double sum = 0;
      for (int i = offset; i < offset + samples; i++) {
        sum += pcm[i] * pcm[i];
      }
      levels.add(10 * Math.log10(sum / samples / (32_768.0 * 32_768.0) + 1e-12));
    }

    @Override
    public void close() {}

    /** Mean level of the frames of 20 ms from one time to another, in dBov. */
    double levelDb(int fromMs, int toMs) {
      return levels.subList(fromMs / 20, toMs / 20).stream()
          .mapToDouble(level -> level)
          .average()
          .orElseThrow();
    }
  }

  @Test
  void offerNamesComfortNoise() throws Exception {
    Description offer = platform.session().negotiation().createOffer();
    assertTrue(offer.sdp().contains("a=rtpmap:13 CN/8000"), offer.sdp());
  }

  @Test
  void withoutAnOfferOfItThereIsNone() throws Exception {
    MediaSession session = platform.session();
    String answer = SimulatedPlatform.negotiate(session, phone().offer());
    assertTrue(answer.contains(" RTP/AVP 0\r\n"), answer);
  }

  /** Clocked: the noise lasts as long as the pause, and the voice is back at once. */
  @Test
  void pauseSoundsAsItWasDescribed() throws Exception {
    SimulatedPhone phone = phone();
    Room room = new Room();
    answer(phone).connect(room, ConnectOptions.DEFAULT);
    platform.run(1_000);
    phone.pause(CN, SOFT);
    platform.run(2_000);
    phone.resume();
    platform.run(1_000);
    assertEquals(-15, room.levelDb(400, 900), 1, "voice before");
    assertEquals(-40, room.levelDb(1_200, 2_900), 1.5, "pause");
    assertEquals(-15, room.levelDb(3_200, 3_900), 1, "voice behind");
  }

  @Test
  void relayPassesNoiseOn() throws Exception {
    SimulatedPhone one = phone();
    SimulatedPhone other = phone();
    answer(one).connect(answer(other), ConnectOptions.DEFAULT);
    platform.run(500);
    one.pause(CN, SOFT);
    platform.run(500);
    assertEquals(1, other.received(CN).size());
  }

  /** The level of each packet, in dBov. */
  private static double[] levelsDb(SimulatedPhone phone) {
    short[] heard = phone.heard();
    double[] levels = new double[heard.length / 160];
    for (int i = 0; i < levels.length; i++) {
      double sum = 0;
      for (int j = i * 160; j < i * 160 + 160; j++) {
        sum += heard[j] * heard[j];
      }
      levels[i] = 10 * Math.log10(sum / 160 / (32_768.0 * 32_768.0) + 1e-12);
    }
    return levels;
  }

  /** One stream without a hole. */
  private static void assertSteady(SimulatedPhone phone, int ticks) {
    List<Received> all = phone.received();
    for (int i = 1; i < all.size(); i++) {
      assertEquals((all.get(i - 1).sequence() + 1) & 0xFFFF, all.get(i).sequence(), "at " + i);
      assertEquals(all.get(i - 1).timestamp() + ticks, all.get(i).timestamp(), "at " + i);
    }
  }

  /** All packets from one to another have this level. */
  private static void assertLevel(
      double db, double toleranceDb, SimulatedPhone phone, int from, int to) {
    double[] levels = levelsDb(phone);
    for (int i = from; i < to; i++) {
      assertEquals(db, levels[i], toleranceDb, "packet " + i);
    }
  }

  /** RFC 3389 §4: the noise goes on until the next packet; also where nothing pulls it. */
  @Test
  void transcodingKeepsTheNoise() throws Exception {
    SimulatedPhone one = phone();
    SimulatedPhone other = platform.phone(G711, "PCMA/8000", 8, 1000);
    answer(one).connect(platform.answer(other), ConnectOptions.DEFAULT);
    platform.run(500);
    one.pause(CN, SOFT);
    platform.run(2_000);
    one.resume();
    platform.run(500);
    int count = other.received().size();
    assertTrue(count >= 148 && count <= 151, count + " packets in 3 s");
    assertSteady(other, 160);
    assertLevel(-15, 1, other, 2, 24);
    assertLevel(-40, 3, other, 26, 122);
    assertLevel(-15, 1, other, 127, count);
  }

  /** The describing packets come every 200 ms: no noise twice, none missing. */
  @Test
  void noiseThatIsDescribedAnewGoesOn() throws Exception {
    SimulatedPhone one = phone();
    SimulatedPhone other = platform.phone(G711, "PCMA/8000", 8, 1000);
    answer(one).connect(platform.answer(other), ConnectOptions.DEFAULT);
    platform.run(500);
    one.pause(CN, SOFT);
    for (int i = 0; i < 10; i++) {
      platform.run(200);
      one.pauseStill(CN, SOFT);
    }
    platform.run(200);
    one.resume();
    platform.run(500);
    int count = other.received().size();
    assertTrue(count >= 158 && count <= 161, count + " packets in 3.2 s");
    assertSteady(other, 160);
    assertLevel(-40, 3, other, 26, 132);
    assertLevel(-15, 1, other, 137, count);
  }

  /**
   * A far end that has gone, or a noise that nobody describes any more, does not go on for ever.
   */
  @Test
  void noiseWithoutASignOfTheFarEndEnds() throws Exception {
    SimulatedPhone one = phone();
    SimulatedPhone other = platform.phone(G711, "PCMA/8000", 8, 1000);
    answer(one).connect(platform.answer(other), ConnectOptions.DEFAULT);
    platform.run(500);
    one.pause(CN, SOFT);
    platform.run(20_000);
    int count = other.received().size();
    assertTrue(count >= 273 && count <= 277, count + " packets: 5 s of noise");
    one.resume();
    platform.run(500);
    List<Received> all = other.received();
    assertEquals(
        all.get(0).timestamp() + 160 * 1049,
        all.get(all.size() - 1).timestamp(),
        320,
        "what was passed over is in the timestamps");
  }

  /** A network that jitters: what is made up for late packets is taken back in the next pause. */
  @Test
  void noiseOfManyPausesDoesNotAddUp() throws Exception {
    platform = new SimulatedPlatform(3390, new Impairment(40_000_000, 60_000_000, 0.02, 0));
    SimulatedPhone one = phone();
    SimulatedPhone other = platform.phone(G711, "PCMA/8000", 8, 1000);
    answer(one).connect(platform.answer(other), ConnectOptions.DEFAULT);
    int first = one.timestamp();
    platform.run(500);
    for (int i = 0; i < 200; i++) {
      one.pause(CN, SOFT);
      platform.run(300);
      one.resume();
      platform.run(300);
    }
    one.pause(CN, SOFT);
    platform.run(500);
    one.resume();
    platform.run(500);
    List<Received> all = other.received();
    int came = all.get(all.size() - 1).timestamp() - all.get(0).timestamp();
    assertEquals((one.timestamp() - first) / 8, came / 8, 200, "ms in timestamps");
  }

  @Test
  void noiseEndsWithTheConnection() throws Exception {
    SimulatedPhone one = phone();
    SimulatedPhone other = platform.phone(G711, "PCMA/8000", 8, 1000);
    MediaSession first = answer(one);
    MediaSession second = platform.answer(other);
    first.connect(second, ConnectOptions.DEFAULT);
    platform.run(500);
    one.pause(CN, SOFT);
    platform.run(100);
    first.connect(new Room(), ConnectOptions.DEFAULT);
    platform.run(40);
    int count = other.received().size();
    platform.run(500);
    assertEquals(count, other.received().size());
    first.close();
    second.close();
    platform.run(500);
  }

  /** A codec whose own payloads say that the far end pauses, as AMR's do. */
  @Test
  void codecThatPausesByItselfGoesOn() throws Exception {
    platform.replace(G711, new OwnPauses(), "codec.g711");
    SimulatedPhone one = phone();
    SimulatedPhone other = platform.phone(L16, "L16/16000", 100, 1000);
    platform.answer(one).connect(platform.answer(other), ConnectOptions.DEFAULT);
    platform.run(500);
    one.pause(0, (byte) 1);
    platform.run(1_000);
    one.resume();
    platform.run(500);
    int count = other.received().size();
    assertTrue(count >= 98 && count <= 101, count + " packets in 2 s");
    assertSteady(other, 320);
  }

  @Test
  void planSaysWhatHappensInAPause() throws Exception {
    MediaSession session = answer(phone());
    SimulatedPhone other = platform.phone(G711, "PCMA/8000", 8, 1000);
    session.connect(platform.answer(other), ConnectOptions.DEFAULT);
    String plan = session.report().streams().get(0).plan().toString();
    assertTrue(plan.contains("comfort noise goes on"), plan);
  }

  /** What is said to a peer that takes comfort noise: a few descriptions in place of all frames. */
  @Test
  void pausesAreLeftOutWhereThatIsConfigured() throws Exception {
    platform.replace(G711, new G711CodecFactory(Map.of("dtx", "true")), "codec.g711");
    SimulatedPhone phone = phone();
    answer(phone).connect(new Room(), ConnectOptions.DEFAULT);
    platform.run(5_000);
    List<Received> all = phone.received();
    int noises = phone.received(CN).size();
    assertTrue(noises >= 4 && noises <= 12, noises + " descriptions in 5 s");
    assertTrue(all.size() < 40, all.size() + " packets");
    for (int i = 1; i < all.size(); i++) {
      assertEquals(all.get(i - 1).sequence() + 1, all.get(i).sequence());
      assertEquals(0, (all.get(i).timestamp() - all.get(0).timestamp()) % 160);
    }
  }

  @Test
  void withoutThePeersWordAllIsSent() throws Exception {
    platform.replace(G711, new G711CodecFactory(Map.of("dtx", "true")), "codec.g711");
    SimulatedPhone phone = phone();
    platform.answer(phone).connect(new Room(), ConnectOptions.DEFAULT);
    platform.run(2_000);
    assertTrue(phone.received().size() >= 98, phone.received().size() + " packets");
  }

  /** G.711 in which a payload of one byte begins a pause. */
  private static final class OwnPauses extends WrappedCodec {
    OwnPauses() {
      super(G711);
    }

    @Override
    public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
      AudioDecoder decoder = real.createDecoder(parameters);
      return new AudioDecoder() {
        private boolean pauses;

        @Override
        public int decode(ByteBuffer payload, short[] pcm, int offset) {
          pauses = payload.remaining() == 1;
          if (pauses) {
            return conceal(160, pcm, offset);
          }
          return decoder.decode(payload, pcm, offset);
        }

        @Override
        public int conceal(int samples, short[] pcm, int offset) {
          Arrays.fill(pcm, offset, offset + samples, (short) 100);
          return samples;
        }

        @Override
        public boolean pauses() {
          return pauses;
        }

        @Override
        public int samplesIn(ByteBuffer payload) {
          return payload.remaining() == 1 ? 160 : decoder.samplesIn(payload);
        }

        @Override
        public void close() {
          decoder.close();
        }
      };
    }
  }
}
