package org.mediacore.signaling.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mediacore.api.session.SessionEvent;

/** Listening, and changing one's mind about it. */
class SipSignalingTest {
  private static final SipTimings SHORT = new SipTimings(10, 40);

  @Test
  void portInUseIsSaid() throws Exception {
    try (DatagramSocket taken =
            new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        TestServer server = new TestServer(SHORT)) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      List<String> before = server.signaling.listening();
      server.configure("listen", address);
      assertEquals(before, server.signaling.listening(), "stays where it was");
      assertEquals(Optional.empty(), server.signaling.failure());
      server.signaling.close();
      server.configure("listen", address);
      assertEquals(Optional.of("sip: " + address + " is in use"), server.signaling.failure());
      assertEquals(List.of(), server.signaling.listening());
      server.configure("listen", "127.0.0.1:" + TestServer.freePort());
      assertEquals(Optional.empty(), server.signaling.failure(), "a later change repairs it");
    }
  }

  @Test
  void portIsFreeAsSoonAsItIsClosed() throws Exception {
    try (TestServer server = new TestServer(SHORT)) {
      for (int i = 0; i < 20; i++) {
        server.signaling.close();
        server.configure("max.calls", String.valueOf(i));
        assertEquals(Optional.empty(), server.signaling.failure());
      }
    }
  }

  @Test
  void addressOfAnotherMachineIsSaid() throws Exception {
    try (TestServer server = new TestServer(SHORT)) {
      server.signaling.close();
      server.configure("allow", "192.0.2.0/24");
      server.signaling.close();
      server.configure("listen", "192.0.2.1:5060");
      assertEquals(
          Optional.of("sip: 192.0.2.1:5060 is no address of this machine"),
          server.signaling.failure());
    }
  }

  @Test
  void publicAddressWithoutAllowIsSaid() throws Exception {
    try (TestServer server = new TestServer(SHORT)) {
      server.signaling.close();
      server.configure("listen", "192.0.2.1:5060");
      assertTrue(server.signaling.failure().orElseThrow().startsWith("sip: 192.0.2.1:5060 can be"));
    }
  }

  @Test
  void callStaysOnTheOldAddressUntilItEnds() throws Exception {
    try (TestServer server = new TestServer(SHORT);
        SipClient old = server.client()) {
      String tag = old.establish("echo");
      server.configure("listen", "127.0.0.1:" + TestServer.freePort());
      try (SipClient fresh = server.client()) {
        fresh.establish("echo");
        assertEquals(2, server.media.sessions().size());
      }
      old.send(old.request("INVITE", old.uri("x"), 9, old.newBranch(), "", FakeMediaManager.SDP));
      assertEquals(503, SipClient.status(old.receiveFinal()));
      old.send(old.request("BYE", old.uri("echo"), 2, old.newBranch(), tag, "", ""));
      assertEquals("2 BYE", SipClient.header(old.receiveUntil("SIP/2.0 200"), "CSeq"));
    }
  }

  @Test
  void callThatWasLetInCanStillBeEndedByAStranger() throws Exception {
    try (TestServer server = new TestServer(SHORT);
        SipClient client = server.client()) {
      String tag = client.establish("echo");
      server.configure("allow", "192.0.2.0/24");
      String uri = client.uri("echo");
      client.send(client.request("OPTIONS", uri, 2, client.newBranch(), "", ""));
      assertEquals(403, SipClient.status(client.receiveUntil("SIP/2.0 403")));
      client.send(client.request("BYE", uri, 3, client.newBranch(), tag, "", ""));
      assertEquals("3 BYE", SipClient.header(client.receiveUntil("SIP/2.0 200"), "CSeq"));
    }
  }

  @Test
  void missingAckEndsTheCall() throws Exception {
    try (TestServer server = new TestServer(SHORT);
        SipClient client = server.client()) {
      client.send(
          client.request(
              "INVITE", client.uri("echo"), 1, client.newBranch(), "", FakeMediaManager.SDP));
      List<String> responses = new ArrayList<>();
      String message = client.receiveFinal();
      while (message.startsWith("SIP/2.0 200")) {
        responses.add(message);
        message = client.receive();
      }
      assertTrue(responses.size() > 5, "repeated: " + responses.size());
      assertTrue(message.startsWith("BYE "), message);
      assertTrue(SipClient.header(message, "Reason").contains("no ACK"), message);
      client.ok(message);
      assertEquals(List.of(), server.media.sessions());
    }
  }

  @Test
  void ipv6() throws Exception {
    try (TestServer server = new TestServer(SHORT, "[::1]");
        SipClient client = server.client()) {
      client.establish("echo");
      server.media.onlySession().tell(new SessionEvent.PeerFinished("x"));
      String bye = client.receiveUntil("BYE sip:tester@[");
      assertTrue(SipClient.header(bye, "Via").contains("[0:0:0:0:0:0:0:1]:"), bye);
      client.ok(bye);
    }
  }

  @Test
  void floodOfInvitesIsAnsweredWithUnavailable() throws Exception {
    try (TestServer server = new TestServer(SipTimings.RFC_3261);
        SipClient client = server.client()) {
      // Four workers hang in the platform, the next 500 calls wait; one after that is too many.
      int unavailable = 0;
      for (int i = 1; i <= CallAdmission.MAX_PENDING + 10; i++) {
        client.send(
            client.request(
                "INVITE", client.uri("slow"), i, client.newBranch(), "", "v=0 PCMU\r\n"));
        String response = client.receive();
        while (!SipClient.header(response, "CSeq").equals(i + " INVITE")) {
          response = client.receive();
        }
        unavailable += SipClient.status(response) == 503 ? 1 : 0;
      }
      assertFalse(unavailable == 0);
      assertEquals(6, unavailable);
      server.media.letGo();
    }
  }
}
