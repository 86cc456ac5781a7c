package org.mediacore.signaling.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.session.SessionEvent;

/** A session asks for another codec: re-INVITEs that we send (RFC 3261 §14.1). */
class SipReofferTest {
  private static final String SDP = FakeMediaManager.SDP;

  private TestServer server;
  private SipClient client;
  private FakeMediaManager.FakeSession session;

  @BeforeEach
  void start() throws Exception {
    start(SipTimings.RFC_3261);
  }

  private void start(SipTimings timings) throws Exception {
    server = new TestServer(timings);
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private void lose() {
    session = server.media.onlySession();
    session.tell(new SessionEvent.RenegotiationNeeded("opus has gone"));
  }

  private String invite() throws Exception {
    return client.receiveUntil("INVITE ");
  }

  /** What the session saw behind the first offer and answer. */
  private List<String> agreed() {
    return session.agreed.subList(2, session.agreed.size());
  }

  private String byeOf(String tag, int sequence) {
    return client.request("BYE", client.uri("echo"), sequence, client.newBranch(), tag, "", "");
  }

  private void assertUp(String tag, int sequence) throws Exception {
    assertEquals(1, server.media.sessions().size());
    client.send(byeOf(tag, sequence));
    assertEquals(200, SipClient.status(client.receiveUntil("SIP/2.0 200")));
  }

  @Test
  void answerTakesEffectAndEach2xxGetsItsAck() throws Exception {
    String tag = client.establish("echo");
    lose();
    String invite = invite();
    assertTrue(invite.startsWith("INVITE sip:tester@" + client.host() + " SIP/2.0"), invite);
    assertEquals("1 INVITE", SipClient.header(invite, "CSeq"));
    assertEquals(client.callId(), SipClient.header(invite, "Call-ID"));
    assertTrue(SipClient.header(invite, "From").endsWith(";tag=" + tag), invite);
    assertTrue(SipClient.header(invite, "To").endsWith(";tag=caller"), invite);
    assertTrue(SipClient.header(invite, "Contact").contains("sip:127.0.0.1:"), invite);
    assertEquals("application/sdp", SipClient.header(invite, "Content-Type"));
    assertEquals("70", SipClient.header(invite, "Max-Forwards"));
    assertTrue(invite.contains("a=rtpmap:0 PCMU/8000"), invite);
    client.respond(invite, "200 OK", "Contact: <sip:moved@" + client.host() + ">\r\n", SDP);
    String ack = client.receiveUntil("ACK ");
    assertTrue(ack.startsWith("ACK sip:moved@" + client.host() + " SIP/2.0"), ack);
    assertEquals("1 ACK", SipClient.header(ack, "CSeq"));
    assertNotEquals(SipClient.header(invite, "Via"), SipClient.header(ack, "Via"));
    client.respond(invite, "200 OK", "Contact: <sip:moved@" + client.host() + ">\r\n", SDP);
    assertEquals(ack, client.receiveUntil("ACK "), "the same ACK again");
    assertEquals(List.of("local OFFER", "remote ANSWER"), agreed());
    server.media.onlySession().tell(new SessionEvent.PeerFinished("echo"));
    String bye = client.receiveUntil("BYE ");
    assertTrue(bye.startsWith("BYE sip:moved@" + client.host()), bye);
    assertEquals("2 BYE", SipClient.header(bye, "CSeq"));
    client.ok(bye);
  }

  @Test
  void routesAreFollowed() throws Exception {
    String proxy = "<sip:" + client.host() + ";lr>";
    String record = "Record-Route: " + proxy + "\r\n";
    client.send(client.request("INVITE", client.uri("echo"), 1, client.newBranch(), record, SDP));
    String tag = SipClient.toTag(client.receiveFinal());
    client.send(client.request("ACK", client.uri("echo"), 1, client.newBranch(), tag, "", ""));
    lose();
    String invite = invite();
    assertEquals(proxy, SipClient.header(invite, "Route"));
    client.respond(invite, "200 OK", "", SDP);
    assertEquals(proxy, SipClient.header(client.receiveUntil("ACK "), "Route"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"488 Not Acceptable Here", "302 Moved", "503 Later", "603 Decline"})
  void refusalIsAcknowledgedAndLeavesTheCall(String status) throws Exception {
    String tag = client.establish("echo");
    lose();
    String invite = invite();
    client.respond(invite, status, "", "");
    String ack = client.receiveUntil("ACK ");
    assertEquals(SipClient.header(invite, "Via"), SipClient.header(ack, "Via"));
    assertEquals(SipClient.header(invite, "To"), SipClient.header(ack, "To"));
    assertEquals("1 ACK", SipClient.header(ack, "CSeq"));
    client.respond(invite, status, "", "");
    assertEquals(ack, client.receiveUntil("ACK "), "the same ACK again");
    assertUp(tag, 2);
    assertEquals(List.of("local OFFER", "local ROLLBACK"), agreed());
  }

  @Test
  void glareIsTriedAgainWithinTwoSeconds() throws Exception {
    String tag = client.establish("echo");
    lose();
    client.respond(invite(), "491 Request Pending", "", "");
    String again = invite();
    assertEquals("2 INVITE", SipClient.header(again, "CSeq"));
    client.respond(again, "200 OK", "", SDP);
    client.receiveUntil("ACK ");
    assertUp(tag, 2);
    assertEquals(
        List.of("local OFFER", "local ROLLBACK", "local OFFER", "remote ANSWER"), agreed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"481 Call/Transaction Does Not Exist", "408 Request Timeout"})
  void peerThatKnowsNoSuchCallEndsIt(String status) throws Exception {
    client.establish("echo");
    lose();
    client.respond(invite(), status, "", "");
    client.ok(client.receiveUntil("BYE "));
    assertEquals(List.of(), server.media.sessions());
  }

  @Test
  void offerOfThePeerMeetsOursAndGets491() throws Exception {
    String tag = client.establish("echo");
    lose();
    String ours = invite();
    client.send(client.request("INVITE", client.uri("echo"), 2, client.newBranch(), tag, "", SDP));
    client.receiveUntil("SIP/2.0 491");
    client.respond(ours, "200 OK", "", SDP);
    client.receiveUntil("ACK ");
    assertUp(tag, 3);
    assertEquals(List.of("local OFFER", "remote ANSWER"), agreed());
  }

  @Test
  void oursWaitsForTheEndOfThePeersInvite() throws Exception {
    String tag = client.establish("echo");
    client.send(client.request("INVITE", client.uri("echo"), 2, client.newBranch(), tag, "", SDP));
    client.receiveFinal();
    lose();
    Optional<String> next = client.receive(700); // the 200 comes again after 500 ms, no INVITE
    assertTrue(next.isPresent() && next.get().startsWith("SIP/2.0 200"), next.toString());
    client.send(client.request("ACK", client.uri("echo"), 2, client.newBranch(), tag, "", ""));
    client.respond(invite(), "200 OK", "", SDP);
    client.receiveUntil("ACK ");
    assertUp(tag, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", ""})
  void unusableAnswerIsAcknowledgedAndLeavesTheCall(String sdp) throws Exception {
    String tag = client.establish("echo");
    lose();
    client.respond(invite(), "200 OK", "", sdp);
    client.receiveUntil("ACK ");
    assertUp(tag, 2);
    assertEquals(List.of("local OFFER", "local ROLLBACK"), agreed());
  }

  @Test
  void silentPeerLeavesTheCall() throws Exception {
    stop();
    start(new SipTimings(10, 40));
    String tag = client.establish("echo");
    lose();
    String invite = invite();
    int repetitions = 0;
    Optional<String> next = client.receive(700);
    while (next.isPresent()) {
      assertEquals(invite, next.get());
      repetitions++;
      next = client.receive(700);
    }
    assertTrue(repetitions >= 3, "repeated " + repetitions + " times");
    assertUp(tag, 2);
    assertEquals(List.of("local OFFER", "local ROLLBACK"), agreed());
  }

  @Test
  void peerThatDoesNotDecideIsCancelled() throws Exception {
    stop();
    start(new SipTimings(10, 40));
    String tag = client.establish("echo");
    lose();
    String invite = invite();
    client.respond(invite, "180 Ringing", "", "");
    String cancel = client.receiveUntil("CANCEL ");
    assertEquals(SipClient.header(invite, "Via"), SipClient.header(cancel, "Via"));
    assertEquals(SipClient.header(invite, "To"), SipClient.header(cancel, "To"));
    assertEquals("1 CANCEL", SipClient.header(cancel, "CSeq"));
    assertEquals(
        invite.lines().findFirst().orElseThrow().substring("INVITE".length()),
        cancel.lines().findFirst().orElseThrow().substring("CANCEL".length()));
    client.ok(cancel);
    client.respond(invite, "487 Request Terminated", "", "");
    client.receiveUntil("ACK ");
    assertUp(tag, 2);
    assertEquals(List.of("local OFFER", "local ROLLBACK"), agreed());
  }

  @Test
  void callThatEndsMeanwhileStillAcknowledges() throws Exception {
    client.establish("echo");
    lose();
    String invite = invite();
    server.media.onlySession().tell(new SessionEvent.PeerFinished("echo"));
    client.ok(client.receiveUntil("BYE "));
    client.respond(invite, "200 OK", "", SDP);
    assertEquals("1 ACK", SipClient.header(client.receiveUntil("ACK "), "CSeq"));
    assertEquals(List.of(), server.media.sessions());
  }

  @Test
  void callBeforeItsAckIsOfferedNothing() throws Exception {
    client.send(client.request("INVITE", client.uri("echo"), 1, client.newBranch(), "", SDP));
    String tag = SipClient.toTag(client.receiveFinal());
    lose();
    assertFalse(client.receive(300).isPresent());
    client.send(client.request("ACK", client.uri("echo"), 1, client.newBranch(), tag, "", ""));
    assertEquals("1 INVITE", SipClient.header(invite(), "CSeq"));
  }
}
