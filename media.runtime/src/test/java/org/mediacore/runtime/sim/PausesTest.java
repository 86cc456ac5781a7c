package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.AudioFormat;
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

  @Test
  void transcodingKeepsTheNoise() throws Exception {
    SimulatedPhone one = phone();
    SimulatedPhone other = platform.phone(G711, "PCMA/8000", 8, 1000);
    answer(one).connect(platform.answer(other), ConnectOptions.DEFAULT);
    platform.run(500);
    one.pause(CN, SOFT);
    platform.run(500);
    int before = other.received().size();
    assertTrue(before >= 25 && before <= 27, before + " packets: one for the noise");
    one.resume();
    platform.run(500);
    assertTrue(other.received().size() >= before + 24, "voice is back");
    assertFalse(other.toneShare(440) < 0.9);
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
}
