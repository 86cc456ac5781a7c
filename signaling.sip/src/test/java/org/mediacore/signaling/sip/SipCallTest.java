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
    assertTrue(SipClient.header(ok, "Contact").contains("sip:127.0.0.1:" + server.address().getPort()));
    assertEquals("INVITE, ACK, BYE, CANCEL, OPTIONS", SipClient.header(ok, "Allow"));
    assertTrue(ok.lines().anyMatch(line -> line.startsWith("Supported:")), ok);
    String tag = SipClient.toTag(ok);
    client.send(client.request("ACK", client.uri("echo"), 1, client.newBranch(), tag, "", ""));
    client.send(client.request("BYE", client.uri("echo"), 2, client.newBranch(), tag, "", ""));
    assertEquals(200, SipClient.status(client.receive()));
    assertEquals(List.of(), server.media.sessions());
    assertEquals(List.of("echo"), server.media.opened);
  }
}
