package org.mediacore.signaling.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.session.SessionEvent;

/** Calls over loopback: set up, changed, ended, by either side. */
class SipCallTest {
  private static final String SDP = FakeMediaManager.SDP;

  private TestServer server;
  private SipClient client;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(SipTimings.RFC_3261);
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void callIsAnsweredAndHungUpByTheCaller() throws Exception {
    client.send(client.request("INVITE", client.uri("echo"), 1, client.newBranch(), "", SDP));
    assertEquals(100, SipClient.status(client.receive()));
    String ok = client.receive();
    assertEquals(200, SipClient.status(ok));
    assertEquals("application/sdp", SipClient.header(ok, "Content-Type"));
    assertTrue(ok.contains("a=rtpmap:0 PCMU/8000"), ok);
    assertTrue(
        SipClient.header(ok, "Contact").contains("sip:127.0.0.1:" + server.address().getPort()));
    assertEquals("INVITE, ACK, BYE, CANCEL, OPTIONS", SipClient.header(ok, "Allow"));
    assertTrue(ok.lines().anyMatch(line -> line.startsWith("Supported:")), ok);
    String tag = SipClient.toTag(ok);
    client.send(client.request("ACK", client.uri("echo"), 1, client.newBranch(), tag, "", ""));
    client.send(client.request("BYE", client.uri("echo"), 2, client.newBranch(), tag, "", ""));
    assertEquals(200, SipClient.status(client.receive()));
    assertEquals(List.of(), server.media.sessions());
    assertEquals(List.of("echo"), server.media.opened);
  }

  @Test
  void percentEscapesInTheUserAreUndone() throws Exception {
    client.establish("play-%61%20b");
    assertEquals(List.of("play-a b"), server.media.opened);
  }

  @Test
  void repeatedInviteGetsTheSameResponse() throws Exception {
    String invite = client.request("INVITE", client.uri("echo"), 1, client.newBranch(), "", SDP);
    client.send(invite);
    String first = client.receiveFinal();
    client.send(invite);
    String second = client.receiveFinal();
    assertEquals(first, second);
    assertEquals(1, server.media.made());
  }

  @Test
  void repeatedByeGetsTheSameResponse() throws Exception {
    String tag = client.establish("echo");
    String bye = client.request("BYE", client.uri("echo"), 2, client.newBranch(), tag, "", "");
    client.send(bye);
    String first = client.receive();
    client.send(bye);
    assertEquals(first, client.receive());
  }

  @Test
  void inviteWithoutOfferGetsOursAndTheAckBringsTheAnswer() throws Exception {
    client.send(client.request("INVITE", client.uri("echo"), 1, client.newBranch(), "", ""));
    String ok = client.receiveFinal();
    assertEquals(200, SipClient.status(ok));
    assertTrue(ok.contains("m=audio"), ok);
    String tag = SipClient.toTag(ok);
    client.send(client.request("ACK", client.uri("echo"), 1, client.newBranch(), tag, "", SDP));
    client.send(client.request("OPTIONS", client.uri("echo"), 2, client.newBranch(), tag, "", ""));
    assertEquals(200, SipClient.status(client.receive()));
    // The re-INVITE is done after the ACK, and only when its answer was taken.
    client.send(client.request("INVITE", client.uri("echo"), 3, client.newBranch(), tag, "", SDP));
    assertEquals(200, SipClient.status(client.receiveFinal()));
    assertEquals(
        List.of("local OFFER", "remote ANSWER", "remote OFFER", "local ANSWER"),
        server.media.onlySession().agreed);
  }

  @Test
  void inviteWithoutOfferWhoseAckBringsNoAnswerIsHungUp() throws Exception {
    client.send(client.request("INVITE", client.uri("echo"), 1, client.newBranch(), "", ""));
    String tag = SipClient.toTag(client.receiveFinal());
    client.send(client.request("ACK", client.uri("echo"), 1, client.newBranch(), tag, "", ""));
    String bye = client.receiveUntil("BYE ");
    assertTrue(SipClient.header(bye, "Reason").contains("cause=488"), bye);
    client.ok(bye);
  }

  @Test
  void reinviteBeforeTheAnswerToOurOfferIsGlare() throws Exception {
    client.send(client.request("INVITE", client.uri("echo"), 1, client.newBranch(), "", ""));
    String tag = SipClient.toTag(client.receiveFinal());
    client.send(client.request("INVITE", client.uri("echo"), 2, client.newBranch(), tag, "", SDP));
    String glare = client.receiveUntil("SIP/2.0 491");
    assertEquals("2 INVITE", SipClient.header(glare, "CSeq"));
  }

  @Test
  void reinviteIsAnsweredAnew() throws Exception {
    String tag = client.establish("echo");
    client.send(client.request("INVITE", client.uri("echo"), 2, client.newBranch(), tag, "", SDP));
    String ok = client.receiveFinal();
    assertEquals(200, SipClient.status(ok));
    assertEquals("2 INVITE", SipClient.header(ok, "CSeq"));
    assertTrue(ok.contains("o=- 7 2 "), "a new version: " + ok);
    client.send(client.request("ACK", client.uri("echo"), 2, client.newBranch(), tag, "", ""));
    assertEquals(1, server.media.made());
  }

  @Test
  void reinviteWithoutCommonCodecKeepsTheCall() throws Exception {
    String tag = client.establish("echo");
    String other = SDP.replace("PCMU", "G729");
    client.send(
        client.request("INVITE", client.uri("echo"), 2, client.newBranch(), tag, "", other));
    assertEquals(488, SipClient.status(client.receiveFinal()));
    assertEquals(1, server.media.sessions().size());
    client.send(client.request("INVITE", client.uri("echo"), 3, client.newBranch(), tag, "", SDP));
    assertEquals(200, SipClient.status(client.receiveUntil("SIP/2.0 200")));
  }

  @Test
  void requestWithALowerSequenceIsOutOfOrder() throws Exception {
    String tag = client.establish("echo");
    client.send(client.request("INVITE", client.uri("echo"), 5, client.newBranch(), tag, "", SDP));
    assertEquals(200, SipClient.status(client.receiveFinal()));
    client.send(client.request("BYE", client.uri("echo"), 4, client.newBranch(), tag, "", ""));
    assertEquals("4 BYE", SipClient.header(client.receiveUntil("SIP/2.0 500"), "CSeq"));
  }

  @Test
  void cancelEndsAnInviteThatIsNotAnswered() throws Exception {
    String branch = client.newBranch();
    client.send(client.request("INVITE", client.uri("slow"), 1, branch, "", SDP));
    assertEquals(100, SipClient.status(client.receive()));
    client.send(client.request("CANCEL", client.uri("slow"), 1, branch, "", ""));
    String ok = client.receive();
    assertEquals("200 1 CANCEL", SipClient.status(ok) + " " + SipClient.header(ok, "CSeq"));
    String terminated = client.receive();
    assertEquals(
        "487 1 INVITE", SipClient.status(terminated) + " " + SipClient.header(terminated, "CSeq"));
    String tag = SipClient.toTag(terminated);
    client.send(client.request("ACK", client.uri("slow"), 1, branch, tag, "", ""));
    server.media.letGo();
    // The worker finds the INVITE answered, and closes what it has made.
    client.send(client.request("BYE", client.uri("slow"), 2, client.newBranch(), tag, "", ""));
    assertEquals(481, SipClient.status(client.receiveUntil("SIP/2.0 481")));
  }

  @Test
  void cancelThatCrossesTheAnswerChangesNothing() throws Exception {
    String branch = client.newBranch();
    client.send(client.request("INVITE", client.uri("echo"), 1, branch, "", SDP));
    String tag = SipClient.toTag(client.receiveFinal());
    client.send(client.request("CANCEL", client.uri("echo"), 1, branch, "", ""));
    assertEquals("1 CANCEL", SipClient.header(client.receiveFinal(), "CSeq"));
    client.send(client.request("ACK", client.uri("echo"), 1, client.newBranch(), tag, "", ""));
    client.send(client.request("BYE", client.uri("echo"), 2, client.newBranch(), tag, "", ""));
    assertEquals("2 BYE", SipClient.header(client.receiveUntil("SIP/2.0 200"), "CSeq"));
  }

  @Test
  void endOfTheOtherSideHangsUp() throws Exception {
    String tag = client.establish("play-x");
    server.media.onlySession().tell(new SessionEvent.PeerFinished("player x"));
    String bye = client.receiveUntil("BYE ");
    assertEquals(
        "BYE sip:tester@" + client.host() + " SIP/2.0", bye.lines().findFirst().orElse(""));
    assertTrue(SipClient.header(bye, "From").endsWith("tag=" + tag), bye);
    assertTrue(SipClient.header(bye, "To").endsWith("tag=caller"), bye);
    assertEquals(client.callId(), SipClient.header(bye, "Call-ID"));
    client.ok(bye);
    assertEquals(List.of(), server.media.sessions());
  }

  @Test
  void silenceHangsUpWithAReason() throws Exception {
    client.establish("echo");
    server.media.onlySession().tell(new SessionEvent.MediaInactive(30_000));
    String bye = client.receiveUntil("BYE ");
    assertEquals("SIP;cause=408;text=\"no media for 30 s\"", SipClient.header(bye, "Reason"));
    client.ok(bye);
  }

  @Test
  void endBeforeTheAckWaitsForTheAck() throws Exception {
    client.send(client.request("INVITE", client.uri("echo"), 1, client.newBranch(), "", SDP));
    String tag = SipClient.toTag(client.receiveFinal());
    server.media.onlySession().tell(new SessionEvent.PeerFinished("player x"));
    assertFalse(client.receive(100).orElse("").startsWith("BYE"));
    client.send(client.request("ACK", client.uri("echo"), 1, client.newBranch(), tag, "", ""));
    client.ok(client.receiveUntil("BYE "));
  }

  @Test
  void byeGoesTheRecordedRoute() throws Exception {
    String routes =
        "Record-Route: <sip:" + client.host() + ";lr;n=1>\r\nRecord-Route: <sip:far.test;lr>\r\n";
    String gone = "Contact: <sip:tester@192.0.2.1>\r\n";
    String invite =
        client.request("INVITE", client.uri("echo"), 1, client.newBranch(), routes, SDP);
    client.send(invite.replaceFirst("Contact:.*\r\n", gone));
    String ok = client.receiveFinal();
    assertTrue(SipClient.header(ok, "Record-Route").contains("n=1"), ok);
    String tag = SipClient.toTag(ok);
    client.send(client.request("ACK", client.uri("echo"), 1, client.newBranch(), tag, "", ""));
    server.media.onlySession().tell(new SessionEvent.PeerFinished("player x"));
    String bye = client.receiveUntil("BYE sip:tester@192.0.2.1 ");
    assertEquals(2, bye.lines().filter(line -> line.startsWith("Route: ")).count());
    assertTrue(SipClient.header(bye, "Route").contains("n=1"), bye);
    client.ok(bye);
  }

  @Test
  void faultOfThePlatformAfterTheAnswerHangsUp() throws Exception {
    String invite =
        client.request("INVITE", client.uri("no-report"), 1, client.newBranch(), "", SDP);
    client.send(invite);
    assertEquals(200, SipClient.status(client.receiveFinal()));
    client.ok(client.receiveUntil("BYE "));
    assertEquals(List.of(), server.media.sessions());
  }

  @Test
  void shutdownHangsUp() throws Exception {
    client.establish("echo");
    Thread closing = new Thread(server.signaling::close);
    closing.start();
    client.ok(client.receiveUntil("BYE "));
    closing.join(1500);
    assertFalse(closing.isAlive());
    assertEquals(List.of(), server.media.sessions());
  }

  @Test
  void shutdownDoesNotWaitForADeadCaller() throws Exception {
    client.establish("echo");
    Thread closing = new Thread(server.signaling::close);
    closing.start();
    client.receiveUntil("BYE ");
    closing.join(4000);
    assertFalse(closing.isAlive());
    assertEquals(List.of(), server.media.sessions());
  }
}
