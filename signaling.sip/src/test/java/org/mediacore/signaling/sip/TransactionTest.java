package org.mediacore.signaling.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The times of transactions (RFC 3261 §17, RFC 6026), on a clock that is moved by hand. */
class TransactionTest {
  private static final byte[] RESPONSE = {1};
  private static final List<Long> DOUBLING_TO_T2 =
      List.of(0L, 500L, 1500L, 3500L, 7500L, 11500L, 15500L, 19500L, 23500L, 27500L, 31500L);

  private final ManualTimers timers = new ManualTimers();
  private final List<Long> sentMs = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final InetSocketAddress peer =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);
  private final Wire wire = (message, to) -> sentMs.add(timers.nowMs());

  private ServerTransaction transaction(boolean invite) {
    return new ServerTransaction(
        "key", invite, peer, wire, timers, SipTimings.RFC_3261, () -> events.add("removed"));
  }

  @Test
  void acceptedInviteIsRepeatedFor32SecondsThenGivenUp() {
    ServerTransaction invite = transaction(true);
    assertTrue(invite.respond(200, RESPONSE, () -> events.add("no ACK")));
    timers.pass(31_999);
    assertEquals(DOUBLING_TO_T2, sentMs);
    assertEquals(List.of(), events);
    timers.pass(100_000);
    assertEquals(DOUBLING_TO_T2, sentMs);
    assertEquals(List.of("removed", "no ACK"), events);
    assertEquals(0, timers.planned());
  }

  @Test
  void acknowledgedInviteIsNotRepeatedButStaysToAbsorb() {
    ServerTransaction invite = transaction(true);
    invite.respond(200, RESPONSE, () -> events.add("no ACK"));
    assertFalse(invite.acknowledgedRefusal(), "the ACK for a 2xx is the dialog's");
    invite.acknowledged();
    invite.requestRepeated();
    timers.pass(31_999);
    assertEquals(List.of(0L), sentMs);
    assertEquals(List.of(), events);
    timers.pass(1);
    assertEquals(List.of("removed"), events);
  }

  @Test
  void refusedInviteIsRepeatedUntilItsAck() {
    ServerTransaction invite = transaction(true);
    invite.respond(486, RESPONSE, () -> events.add("no ACK"));
    timers.pass(1600);
    assertEquals(List.of(0L, 500L, 1500L), sentMs);
    assertTrue(invite.acknowledgedRefusal());
    timers.pass(60_000);
    assertEquals(List.of(0L, 500L, 1500L), sentMs);
    assertEquals(List.of("removed"), events);
  }

  @Test
  void otherRequestIsAnsweredAgainOnlyWhenItComesAgain() {
    ServerTransaction options = transaction(false);
    options.respond(200, RESPONSE, () -> {});
    timers.pass(10_000);
    options.requestRepeated();
    timers.pass(22_000);
    assertEquals(List.of(0L, 10_000L), sentMs);
    assertEquals(List.of("removed"), events);
  }

  @Test
  void firstFinalResponseCounts() {
    ServerTransaction invite = transaction(true);
    invite.onCancel(() -> events.add("cancelled"));
    invite.provisional(RESPONSE);
    assertTrue(invite.respond(487, RESPONSE, () -> {}));
    assertFalse(invite.respond(200, RESPONSE, () -> {}));
    invite.provisional(RESPONSE);
    invite.cancel();
    assertEquals(List.of(0L, 0L), sentMs);
    assertEquals(List.of(), events);
  }

  /** Transactions of an INVITE, and what it hears. */
  private ClientTransactions invited() {
    ClientTransactions requests =
        new ClientTransactions(
            (message, to) -> sentMs.add(message == RESPONSE ? timers.nowMs() : -timers.nowMs()),
            timers,
            SipTimings.RFC_3261);
    byte[] text =
        "INVITE sip:a SIP/2.0\r\nVia: x\r\nTo: <sip:a>\r\nCSeq: 1 INVITE\r\n\r\n"
            .getBytes(StandardCharsets.UTF_8);
    requests.invite(
        new Dialog.Outgoing(text, peer, "INVITE", "b"),
        new Dialog.Outgoing(RESPONSE, peer, "CANCEL", "b"),
        new InviteTransaction.Listener() {
          @Override
          public void accepted(SIPResponse response) {
            events.add("accepted");
          }

          @Override
          public void refused(SIPResponse response) {
            events.add("refused");
          }

          @Override
          public void unanswered() {
            events.add("unanswered");
          }
        });
    return requests;
  }

  @Test
  void ourInviteIsRepeatedWithDoublingIntervalsThenGivenUp() {
    invited();
    timers.pass(31_999);
    assertEquals(List.of(0L, -500L, -1500L, -3500L, -7500L, -15500L, -31500L), sentMs);
    assertEquals(List.of(), events);
    timers.pass(1);
    assertEquals(List.of("unanswered"), events);
    assertEquals(0, timers.planned());
  }

  @Test
  void ourInviteThatIsTakenIsCancelledAfter32SecondsAndGivenUpAfter64() throws Exception {
    ClientTransactions requests = invited();
    timers.pass(600);
    requests.response(response("b", 183, "INVITE"));
    timers.pass(32_000);
    assertEquals(List.of(0L, -500L, 32_600L), sentMs);
    requests.response(response("b", 200, "CANCEL"));
    timers.pass(31_999);
    assertEquals(List.of(), events);
    timers.pass(1);
    assertEquals(List.of("unanswered"), events);
    assertEquals(0, timers.planned());
  }

  @Test
  void each2xxToOurInviteIsPassedOnFor32Seconds() throws Exception {
    ClientTransactions requests = invited();
    requests.response(response("b", 200, "INVITE"));
    timers.pass(31_999);
    requests.response(response("b", 200, "INVITE"));
    requests.response(response("b", 486, "INVITE"));
    timers.pass(1);
    requests.response(response("b", 200, "INVITE"));
    assertEquals(List.of("accepted", "accepted"), events);
    assertEquals(List.of(0L), sentMs);
    assertEquals(0, timers.planned());
  }

  @Test
  void refusalOfOurInviteIsAcknowledgedEachTimeFor32Seconds() throws Exception {
    ClientTransactions requests = invited();
    requests.response(response("b", 486, "INVITE"));
    timers.pass(31_999);
    requests.response(response("b", 486, "INVITE"));
    timers.pass(1);
    requests.response(response("b", 486, "INVITE"));
    assertEquals(List.of("refused"), events);
    assertEquals(List.of(0L, 0L, -31_999L), sentMs);
    assertEquals(0, timers.planned());
  }

  private Dialog.Outgoing bye() {
    return new Dialog.Outgoing(RESPONSE, peer, "BYE", "b");
  }

  private static SIPResponse response(String branch, int status, String method) throws Exception {
    String text =
        "SIP/2.0 "
            + status
            + " Some Reason\r\nVia: SIP/2.0/UDP 127.0.0.1:5060;branch="
            + branch
            + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: x\r\nCSeq: 1 "
            + method
            + "\r\nContent-Length: 0\r\n\r\n";
    return (SIPResponse) new MessageReader().read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void ourRequestIsRepeatedFor32SecondsThenGivenUp() {
    ClientTransactions requests = new ClientTransactions(wire, timers, SipTimings.RFC_3261);
    requests.send(bye(), () -> events.add("done"));
    timers.pass(31_999);
    assertEquals(DOUBLING_TO_T2, sentMs);
    timers.pass(1);
    assertEquals(List.of("done"), events);
    assertEquals(0, timers.planned());
  }

  @Test
  void ourRequestIsDoneWithItsFinalResponse() throws Exception {
    ClientTransactions requests = new ClientTransactions(wire, timers, SipTimings.RFC_3261);
    requests.send(bye(), () -> events.add("done"));
    requests.response(response("another", 200, "BYE"));
    requests.response(response("b", 100, "BYE"));
    timers.pass(8600);
    assertEquals(List.of(0L, 500L, 4500L, 8500L), sentMs, "after a 1xx only every T2");
    requests.response(response("b", 481, "BYE"));
    requests.response(response("b", 200, "BYE"));
    timers.pass(60_000);
    assertEquals(4, sentMs.size());
    assertEquals(List.of("done"), events);
  }
}
