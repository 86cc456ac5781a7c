package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;
import static org.mediacore.runtime.sim.SimulatedPlatform.L16;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.Description;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.api.session.SessionEvent;
import org.mediacore.api.session.StreamStatistics;
import org.mediacore.dsp.Goertzel;
import org.mediacore.runtime.session.Swaps;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.mediacore.runtime.sim.SimulatedPhone.Received;

/** The last provider of a codec goes: calls are offered another codec and lose no packet. */
class ReofferTest {
  private static final int L16_TYPE = 100;

  private final ExecutorService trials = Executors.newCachedThreadPool();
  private final HookedCodec l16 = new HookedCodec(L16);
  private final SimulatedPlatform platform = platform();
  private final Swaps swaps = platform.swaps(trials, 500);

  private SimulatedPlatform platform() {
    try {
      SimulatedPlatform made = new SimulatedPlatform(11, Impairment.NONE);
      made.replace(L16, l16, "codec.l16");
      return made;
    } catch (java.io.IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }

  @AfterEach
  void stop() {
    trials.shutdownNow();
  }

  private SimulatedPhone phone(String rtpmap) throws Exception {
    return platform.phone(L16, rtpmap, L16_TYPE, 425);
  }

  /** L16 goes, and the grace time with it. */
  private void removeL16() throws Exception {
    platform.services().codecs().remove(l16);
    platform.manager().update(swaps, false);
    assertEquals(List.of(), platform.events(), "not before the grace time");
    platform.run(100);
    platform.manager().update(swaps, true);
  }

  private static String offer(MediaSession session) throws Exception {
    Description offer = session.negotiation().createOffer();
    session.negotiation().setLocal(offer);
    return offer.sdp();
  }

  private static void answer(MediaSession session, SimulatedPhone phone) throws Exception {
    session.negotiation().setRemote(Description.answer(phone.offer("rtcp-mux")));
  }

  private static StreamStatistics statistics(MediaSession session) {
    return session.report().streams().get(0).statistics();
  }

  private static String codec(MediaSession session) {
    return session.report().streams().get(0).codec();
  }

  /** Every packet that was sent was taken, in order, and nothing was made up for any. */
  private void assertNothingLost(MediaSession session, SimulatedPhone phone) {
    StreamStatistics in = statistics(session);
    assertEquals(phone.sent(), in.packetsReceived(), "received of those sent");
    assertEquals(0, in.packetsLost(), "lost");
    assertEquals(0, in.packetsLate(), "late");
    assertEquals(0, in.packetsMalformed(), "refused or of a type that nobody knows");
    assertEquals(0, in.samplesConcealed(), "made up");
    assertEquals(0, in.framesFailed(), "failed");
    assertEquals(0, l16.usedAfterClose, "a closed instance was used");
  }

  /** How many windows of 40 ms behind the first 400 ms have a smaller share of the tone. */
  private static int brokenWindows(short[] heard, double share) {
    Goertzel goertzel = new Goertzel(8_000, 425);
    int broken = 0;
    for (int at = 3_200; at + 320 <= heard.length; at += 320) {
      broken += goertzel.toneShare(heard, at, 320) < share ? 1 : 0;
    }
    return broken;
  }

  @Test
  void ownerIsToldOncePerProviderAndOnlyWhereThereIsAnother() throws Exception {
    MediaSession session = platform.answer(phone("L16/16000"));
    session.connect(session, ConnectOptions.DECODED);
    platform.services().codecs().remove(G711);
    removeL16();
    assertEquals(List.of(), platform.events(), "nothing else to offer");
    platform.replace(G711, G711, "codec.g711");
    for (int i = 0; i < 3; i++) {
      platform.manager().update(swaps, true);
    }
    assertEquals(
        List.of(new SessionEvent.RenegotiationNeeded("L16/16000 of codec.l16 1.0.0 has gone")),
        platform.events());
  }

  @Test
  void callsOfOtherCodecsAndRelayedOnesAreNotAsked() throws Exception {
    MediaSession other = platform.answer(platform.phone(G711, "PCMU/8000", 0, 425));
    other.connect(other, ConnectOptions.DECODED);
    MediaSession one = platform.answer(phone("L16/16000"));
    one.connect(platform.answer(phone("L16/16000")), ConnectOptions.DEFAULT);
    assertEquals("relay", one.report().drive());
    removeL16();
    assertEquals(List.of(), platform.events());
  }

  @Test
  void laterOfferKeepsPortStreamAndPayloadTypes() throws Exception {
    SimulatedPhone phone = phone("L16/16000");
    MediaSession session = platform.session();
    MediaSession other = platform.answer(platform.phone(G711, "PCMU/8000", 0, 425));
    session.connect(other, ConnectOptions.DECODED);
    String first =
        SimulatedPlatform.negotiate(
            session,
            phone
                .offer("rtcp-mux", "rtpmap:101 telephone-event/16000")
                .replace("RTP/AVP 100", "RTP/AVP 100 101"));
    assertTrue(first.contains("telephone-event/16000"), first);
    removeL16();
    String offer = session.negotiation().createOffer().sdp();
    assertFalse(offer.contains("L16"), offer);
    assertEquals(media(first).split(" ")[1], media(offer).split(" ")[1], "port");
    assertEquals("m=audio", media(offer).split(" ")[0]);
    assertEquals(version(first) + 1, version(offer));
    assertTrue(offer.contains("a=rtcp-mux"), offer);
    assertTrue(offer.contains("telephone-event/8000"), offer);
    for (String type : media(offer).split(" ")) {
      assertFalse(List.of("100", "101").contains(type), "a number with another meaning: " + offer);
    }
    assertEquals(offer, session.negotiation().createOffer().sdp(), "asked again");
  }

  private static String media(String sdp) {
    return sdp.lines().filter(line -> line.startsWith("m=")).findFirst().orElseThrow();
  }

  private static int version(String sdp) {
    return Integer.parseInt(sdp.lines().skip(1).findFirst().orElseThrow().split(" ")[2]);
  }

  @Test
  void answerThatAlsoNamesTheFormerCodecGetsTheOneThatWasOffered() throws Exception {
    SimulatedPhone phone = phone("L16/16000");
    MediaSession session = platform.answer(phone, "rtcp-mux");
    session.connect(session, ConnectOptions.DECODED);
    removeL16();
    offer(session);
    String both = phone.offer("rtpmap:0 PCMU/8000").replace("RTP/AVP 100", "RTP/AVP 100 0");
    session.negotiation().setRemote(Description.answer(both));
    assertEquals("PCMU/8000", codec(session));
  }

  @Test
  void onlyCodecIsOfferedThoughItIsGone() throws Exception {
    MediaSession session = platform.answer(phone("L16/16000"));
    platform.services().codecs().remove(l16);
    platform.services().codecs().remove(G711);
    assertTrue(session.negotiation().createOffer().sdp().contains("L16/16000"));
  }

  /**
   * The phone sends what it agrees to before its answer has come here (two packets), or goes on
   * with what was before for a while (three packets).
   */
  @ParameterizedTest
  @CsvSource({
    "L16/8000, false, false",
    "L16/8000, true, false",
    "L16/16000, false, false",
    "L16/16000, true, false",
    "L16/16000, false, true",
    "L16/16000, true, true",
    "L16/8000, true, true",
  })
  void echoLosesNothing(String rtpmap, boolean early, boolean otherSsrc) throws Exception {
    SimulatedPhone phone = phone(rtpmap);
    MediaSession session = platform.answer(phone, "rtcp-mux");
    session.connect(session, ConnectOptions.DECODED);
    platform.run(500);
    removeL16();
    assertEquals(1, platform.events().size(), platform.events().toString());
    offer(session);
    change(session, phone, early, otherSsrc);
    platform.run(500);
    phone.mute();
    platform.run(20);
    assertEquals("PCMU/8000", codec(session));
    assertNothingLost(session, phone);
    assertEquals(phone.sent(), phone.received().size(), "sent back");
    int lastOld = phone.received(L16_TYPE).size();
    assertTrue(
        phone.received().subList(lastOld, phone.received().size()).stream()
            .allMatch(packet -> packet.payloadType() == 0),
        "one codec behind the other");
    phone.received().subList(0, lastOld).clear();
    List<Received> packets = phone.received();
    for (int i = 1; i < packets.size(); i++) {
      assertEquals((packets.get(i - 1).sequence() + 1) & 0xFFFF, packets.get(i).sequence());
      assertEquals(packets.get(i - 1).timestamp() + 160, packets.get(i).timestamp());
    }
    assertTrue(phone.toneShare(425) > 0.98, "tone " + phone.toneShare(425));
    platform.run(20_000);
    assertEquals(0, l16.open, "instances of the former codec");
  }

  /** What the former codec said last was that the peer pauses; the new one is heard already. */
  @Test
  void pauseOfTheFormerCodecIsNotHeardBesideTheNewOne() throws Exception {
    SimulatedPhone phone = phone("L16/8000");
    MediaSession session = platform.answer(phone, "rtcp-mux");
    session.connect(session, ConnectOptions.DECODED);
    platform.run(500);
    removeL16();
    offer(session);
    session.negotiation().setRemote(Description.answer(pcmu(phone)));
    l16.pauses = true;
    platform.run(60);
    changePhone(phone, false);
    phone.forget();
    platform.run(1_000);
    int count = phone.received().size();
    assertTrue(count >= 49 && count <= 52, count + " packets in a second");
  }

  private void change(MediaSession session, SimulatedPhone phone, boolean early, boolean otherSsrc)
      throws Exception {
    if (early) {
      changePhone(phone, otherSsrc);
      platform.run(30);
      answer(session, phone);
    } else {
      session.negotiation().setRemote(Description.answer(pcmu(phone)));
      platform.run(60);
      changePhone(phone, otherSsrc);
    }
  }

  private static void changePhone(SimulatedPhone phone, boolean otherSsrc) throws Exception {
    phone.use(G711, "PCMU/8000", 0);
    if (otherSsrc) {
      phone.changeSsrc();
    }
  }

  /** An answer with PCMU of a phone that still sends something else. */
  private static String pcmu(SimulatedPhone phone) {
    String sdp = phone.offer("rtcp-mux");
    return sdp.replaceAll("RTP/AVP 100", "RTP/AVP 0").replaceAll("100 L16/[0-9]+", "0 PCMU/8000");
  }

  @ParameterizedTest
  @CsvSource({
    "L16/8000, false, false",
    "L16/8000, true, false",
    "L16/16000, false, false",
    "L16/16000, true, true",
    "L16/16000, false, true"
  })
  void roomLosesNothing(String rtpmap, boolean early, boolean otherSsrc) throws Exception {
    SimulatedPhone phone = phone(rtpmap);
    SimulatedPhone listener = platform.phone(G711, "PCMU/8000", 0, 425);
    Room room = platform.manager().room(new RoomOptions("x", 10));
    MediaSession session = platform.answer(phone, "rtcp-mux");
    session.connect(room, ConnectOptions.DEFAULT);
    MediaSession hears = platform.answer(listener);
    hears.connect(room, ConnectOptions.DEFAULT);
    listener.mute();
    platform.run(500);
    removeL16();
    offer(session);
    change(session, phone, early, otherSsrc);
    platform.run(500);
    assertEquals("PCMU/8000", codec(session));
    assertNothingLost(session, phone);
    // Where the tone begins anew with the codec, and only there, its phase jumps.
    int jumps = rtpmap.equals("L16/8000") ? 0 : 1;
    assertTrue(brokenWindows(listener.heard(), 0.95) <= jumps, "windows without the tone");
    assertEquals(0, brokenWindows(listener.heard(), 0.2), "silent windows");
    platform.run(20_000);
    assertEquals(0, l16.open, "instances of the former codec");
  }

  @Test
  void bridgeGoesOverToRelayAndTranscodesWhatIsStillUnderWay() throws Exception {
    SimulatedPhone phone = phone("L16/8000");
    SimulatedPhone other = platform.phone(G711, "PCMU/8000", 0, 775);
    MediaSession session = platform.answer(phone, "rtcp-mux");
    MediaSession second = platform.answer(other);
    session.connect(second, ConnectOptions.DEFAULT);
    platform.run(500);
    assertEquals("transcode", session.report().drive());
    removeL16();
    offer(session);
    change(session, phone, false, false);
    platform.run(500);
    assertEquals("relay", session.report().drive());
    phone.mute();
    platform.run(20);
    assertNothingLost(session, phone);
    assertEquals(phone.sent(), other.received().size());
    List<Received> packets = other.received();
    for (int i = 1; i < packets.size(); i++) {
      assertEquals((packets.get(i - 1).sequence() + 1) & 0xFFFF, packets.get(i).sequence());
      assertEquals(packets.get(i - 1).ssrc(), packets.get(i).ssrc());
    }
    assertTrue(other.toneShare(425) > 0.98, "tone " + other.toneShare(425));
    assertEquals(0, statistics(second).packetsMalformed());
  }

  @Test
  void formerCodecThatGoesOnIsTakenForTheGraceTimeOnly() throws Exception {
    SimulatedPhone phone = phone("L16/16000");
    Room room = platform.manager().room(new RoomOptions("x", 10));
    MediaSession session = platform.answer(phone, "rtcp-mux");
    session.connect(room, ConnectOptions.DEFAULT);
    platform.run(200);
    removeL16();
    offer(session);
    session.negotiation().setRemote(Description.answer(pcmu(phone)));
    platform.run(5_000);
    assertNothingLost(session, phone);
    platform.run(10_000);
    assertTrue(statistics(session).packetsMalformed() > 0, "still taken");
    assertEquals(0, l16.open);
    assertEquals(0, l16.usedAfterClose);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rollbackLeavesEverythingAsItWas(boolean refusedByAnAnswer) throws Exception {
    SimulatedPhone phone = phone("L16/16000");
    MediaSession session = platform.answer(phone, "rtcp-mux");
    session.connect(session, ConnectOptions.DECODED);
    platform.run(200);
    removeL16();
    offer(session);
    if (refusedByAnAnswer) {
      String useless = pcmu(phone).replace("PCMU", "GSM").replace("AVP 0", "AVP 3");
      assertThrows(
          MediaSetupException.class,
          () -> session.negotiation().setRemote(Description.answer(useless)));
    }
    session.negotiation().setLocal(Description.rollback());
    platform.run(500);
    assertEquals("L16/16000", codec(session));
    // The peer's own offer is taken then: glare is over.
    String answer = SimulatedPlatform.negotiate(session, again(phone));
    assertTrue(answer.contains("100 L16/16000"), answer);
    platform.run(500);
    phone.mute();
    platform.run(20);
    assertNothingLost(session, phone);
    assertEquals(phone.sent(), phone.received(L16_TYPE).size());
    assertTrue(phone.toneShare(425) > 0.99, "tone " + phone.toneShare(425));
  }

  /** The phone's offer in its next version. */
  private static String again(SimulatedPhone phone) {
    return phone.offer("rtcp-mux").replace("o=- 1 1", "o=- 1 2");
  }

  @Test
  void callOnHoldChangesAndStaysOnHold() throws Exception {
    SimulatedPhone phone = phone("L16/16000");
    MediaSession session = platform.answer(phone, "rtcp-mux");
    session.connect(session, ConnectOptions.DECODED);
    platform.run(200);
    SimulatedPlatform.negotiate(session, again(phone) + "a=sendonly\r\n");
    removeL16();
    assertEquals(1, platform.events().size(), platform.events().toString());
    assertTrue(offer(session).contains("a=sendrecv"), "what we would do");
    session.negotiation().setRemote(Description.answer(pcmu(phone) + "a=sendonly\r\n"));
    assertEquals("recvonly", session.report().streams().get(0).direction());
    assertEquals("PCMU/8000", codec(session));
  }

  @Test
  void changeThatThePeerOffersLosesNothingEither() throws Exception {
    SimulatedPhone phone = phone("L16/16000");
    MediaSession session = platform.answer(phone, "rtcp-mux");
    session.connect(session, ConnectOptions.DECODED);
    platform.run(200);
    SimulatedPlatform.negotiate(session, pcmu(phone).replace("o=- 1 1", "o=- 1 2"));
    platform.run(60);
    changePhone(phone, false);
    platform.run(200);
    phone.mute();
    platform.run(20);
    assertNothingLost(session, phone);
    assertEquals(phone.sent(), phone.received().size(), "sent back");
  }

  @Test
  void heldPacketsAreBounded() throws Exception {
    SimulatedPhone phone = phone("L16/8000");
    MediaSession session = platform.answer(phone, "rtcp-mux");
    session.connect(session, ConnectOptions.DECODED);
    platform.run(200);
    removeL16();
    offer(session);
    phone.use(G711, "PCMU/8000", 0);
    platform.run(400);
    answer(session, phone);
    platform.run(100);
    phone.mute();
    platform.run(20);
    // 20 packets came before the answer, 16 were kept.
    assertEquals(4, statistics(session).packetsMalformed());
    assertEquals(phone.sent() - 4, statistics(session).packetsReceived());
  }

  @Test
  void changeThatCannotBeMadeLeavesTheFormerInstancesInUse() throws Exception {
    HookedCodec g711 = new HookedCodec(G711);
    platform.replace(G711, g711, "codec.g711");
    SimulatedPhone phone = phone("L16/16000");
    MediaSession session = platform.answer(phone, "rtcp-mux");
    session.connect(session, ConnectOptions.DECODED);
    platform.run(200);
    removeL16();
    offer(session);
    g711.refuses = true;
    assertThrows(
        MediaSetupException.class,
        () -> session.negotiation().setRemote(Description.answer(pcmu(phone))));
    session.negotiation().setLocal(Description.rollback());
    platform.run(300);
    phone.mute();
    platform.run(20);
    assertEquals("L16/16000", codec(session));
    assertNothingLost(session, phone);
    assertEquals(phone.sent(), phone.received(L16_TYPE).size());
    session.close();
    platform.run(20);
    assertEquals(0, l16.open);
    assertEquals(0, g711.open);
  }
}
