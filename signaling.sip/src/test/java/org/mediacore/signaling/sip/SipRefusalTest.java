package org.mediacore.signaling.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every request that is refused, and with what. */
class SipRefusalTest {
  private static final String SDP = FakeMediaManager.SDP;
  private static TestServer server;
  private SipClient client;

  @BeforeAll
  static void startServer() throws Exception {
    server = new TestServer(SipTimings.RFC_3261);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void startClient() throws Exception {
    client = server.client();
  }

  @AfterEach
  void stopClient() {
    client.close();
  }

  private String invite(String user, String extra, String body) throws Exception {
    String branch = client.newBranch();
    client.send(client.request("INVITE", client.uri(user), 1, branch, extra, body));
    String response = client.receiveFinal();
    String tag = SipClient.toTag(response);
    assertFalse(tag.isEmpty(), "a tag of ours: " + response);
    client.send(client.request("ACK", client.uri(user), 1, branch, tag, "", ""));
    assertEquals(List.of(), server.media.sessions(), "nothing is left");
    return response;
  }

  @ParameterizedTest
  @CsvSource({"nobody,404", "busy,486", "secret,403", "full,503", "broken,500"})
  void addressThatCannotBeOpened(String user, int status) throws Exception {
    assertEquals(status, SipClient.status(invite(user, "", SDP)));
  }

  @Test
  void missingUserIsNotFound() throws Exception {
    String uri = "sip:127.0.0.1:" + server.address().getPort();
    client.send(client.request("INVITE", uri, 1, client.newBranch(), "", SDP));
    assertEquals(404, SipClient.status(client.receiveFinal()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a%4", "%zz", "%ff", "%00x"})
  void brokenEscapesAreABadRequest(String user) throws Exception {
    client.send(client.request("INVITE", client.uri(user), 1, client.newBranch(), "", SDP));
    assertEquals(400, SipClient.status(client.receiveFinal()));
  }

  @Test
  void noCommonCodecHasAWarning() throws Exception {
    String response = invite("echo", "", SDP.replace("PCMU", "G729"));
    assertEquals(488, SipClient.status(response));
    assertTrue(
        SipClient.header(response, "Warning").startsWith("305 mediacore \"no codec"), response);
  }

  @Test
  void brokenDescriptionIsABadRequestWithItsReason() throws Exception {
    String response = invite("echo", "", "nonsense\r\n");
    assertEquals(400, SipClient.status(response));
    assertTrue(response.startsWith("SIP/2.0 400 Bad Request (line 1 is no SDP"), response);
    assertTrue(SipClient.header(response, "Warning").startsWith("399 "), response);
  }

  @Test
  void otherContentTypeIsUnsupported() throws Exception {
    String response = invite("echo", "Content-Type: text/plain\r\n", "hello");
    assertEquals(415, SipClient.status(response));
    assertEquals("application/sdp", SipClient.header(response, "Accept"));
  }

  @Test
  void compressedBodyIsUnsupported() throws Exception {
    String response =
        invite("echo", "Content-Type: application/sdp\r\nContent-Encoding: gzip\r\n", "xyz");
    assertEquals(415, SipClient.status(response));
    assertEquals("identity", SipClient.header(response, "Accept-Encoding"));
  }

  @Test
  void requiredExtensionIsRefused() throws Exception {
    String response = invite("echo", "Require: 100rel, x-new\r\n", SDP);
    assertEquals(420, SipClient.status(response));
    assertEquals("100rel, x-new", SipClient.header(response, "Unsupported"));
  }

  @Test
  void limitOfThePlatformIsUnavailableForAWhile() throws Exception {
    server.media.limit(0);
    try {
      String response = invite("echo", "", SDP);
      assertEquals(503, SipClient.status(response));
      assertEquals("5", SipClient.header(response, "Retry-After"));
    } finally {
      server.media.limit(Integer.MAX_VALUE);
    }
  }

  @Test
  void ownLimitIsUnavailableForAWhile() throws Exception {
    server.configure("max.calls", "1");
    try (SipClient first = server.client()) {
      String tag = first.establish("echo");
      client.send(client.request("INVITE", client.uri("echo"), 1, client.newBranch(), "", SDP));
      String response = client.receiveFinal();
      assertEquals(503, SipClient.status(response));
      assertEquals("5", SipClient.header(response, "Retry-After"));
      first.send(first.request("BYE", first.uri("echo"), 2, first.newBranch(), tag, "", ""));
      assertEquals(200, SipClient.status(first.receive()));
    } finally {
      server.configure("max.calls", "0");
    }
  }

  @Test
  void strangerIsForbidden() throws Exception {
    server.configure("allow", "192.0.2.0/24,2001:db8::/32");
    try {
      client.send(client.request("INVITE", client.uri("echo"), 1, client.newBranch(), "", SDP));
      assertEquals(403, SipClient.status(client.receive()));
      client.send(client.request("OPTIONS", client.uri("echo"), 2, client.newBranch(), "", ""));
      assertEquals(403, SipClient.status(client.receive()));
      server.configure("allow", "192.0.2.0/24,127.0.0.0/8");
      client.send(client.request("OPTIONS", client.uri("echo"), 3, client.newBranch(), "", ""));
      assertEquals(200, SipClient.status(client.receive()), "effective at once");
    } finally {
      server.configure("allow", "");
    }
  }

  @Test
  void missingContactIsABadRequest() throws Exception {
    String message = client.request("INVITE", client.uri("echo"), 1, client.newBranch(), "", SDP);
    client.send(message.replaceFirst("Contact:.*\r\n", ""));
    assertEquals(400, SipClient.status(client.receiveFinal()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"INFO", "UPDATE", "REGISTER", "SUBSCRIBE", "NOTIFY", "REFER", "NEWMETHOD"})
  void otherMethodIsNotAllowed(String method) throws Exception {
    client.send(client.request(method, client.uri("echo"), 1, client.newBranch(), "", ""));
    String response = client.receive();
    assertEquals(405, SipClient.status(response));
    assertEquals("INVITE, ACK, BYE, CANCEL, OPTIONS", SipClient.header(response, "Allow"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sips:echo@127.0.0.1", "tel:+123", "nobodyKnowsThisScheme:echo"})
  void otherSchemeIsUnsupported(String uri) throws Exception {
    String message = client.request("OPTIONS", client.uri("echo"), 1, client.newBranch(), "", "");
    client.send(message.replaceFirst("OPTIONS \\S+", "OPTIONS " + uri));
    assertEquals(416, SipClient.status(client.receive()));
  }

  @Test
  void noHopsLeft() throws Exception {
    String message = client.request("OPTIONS", client.uri("echo"), 1, client.newBranch(), "", "");
    client.send(message.replace("Max-Forwards: 70", "Max-Forwards: 0"));
    assertEquals(483, SipClient.status(client.receive()));
  }

  @Test
  void otherVersionIsNotSupported() throws Exception {
    String message = client.request("OPTIONS", client.uri("echo"), 1, client.newBranch(), "", "");
    client.send(message.replaceFirst("SIP/2.0", "SIP/7.0"));
    assertEquals(505, SipClient.status(client.receive()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BYE", "INVITE", "OPTIONS"})
  void requestInNoDialog(String method) throws Exception {
    String body = method.equals("INVITE") ? SDP : "";
    client.send(
        client.request(method, client.uri("echo"), 1, client.newBranch(), "lost", "", body));
    assertEquals(481, SipClient.status(client.receive()));
  }

  @Test
  void byeWithoutDialogAndCancelWithoutInvite() throws Exception {
    client.send(client.request("BYE", client.uri("echo"), 1, client.newBranch(), "", ""));
    assertEquals(481, SipClient.status(client.receive()));
    client.send(client.request("CANCEL", client.uri("echo"), 2, client.newBranch(), "", ""));
    assertEquals(481, SipClient.status(client.receive()));
  }

  @Test
  void requestOfAnotherCallerIsNotInTheDialog() throws Exception {
    String tag = client.establish("echo");
    String bye = client.request("BYE", client.uri("echo"), 2, client.newBranch(), tag, "", "");
    client.send(bye.replace("tag=caller", "tag=thief"));
    assertEquals(481, SipClient.status(client.receive()));
    client.send(client.request("BYE", client.uri("echo"), 2, client.newBranch(), tag, "", ""));
    assertEquals(200, SipClient.status(client.receive()));
  }

  @Test
  void ackForNothingIsNotAnswered() throws Exception {
    client.send(client.request("ACK", client.uri("echo"), 1, client.newBranch(), "lost", "", ""));
    client.send(client.request("OPTIONS", client.uri("echo"), 2, client.newBranch(), "", ""));
    assertEquals("2 OPTIONS", SipClient.header(client.receive(), "CSeq"));
  }

  @Test
  void sameInviteOnAnotherPathIsMerged() throws Exception {
    client.establish("echo");
    client.send(client.request("INVITE", client.uri("echo"), 1, client.newBranch(), "", SDP));
    assertEquals(482, SipClient.status(client.receiveFinal()));
    server.media.onlySession().tell(new org.mediacore.api.session.SessionEvent.PeerFinished("x"));
    client.ok(client.receiveUntil("BYE "));
  }

  @Test
  void optionsTellWhatWeCanDo() throws Exception {
    client.send(client.request("OPTIONS", client.uri("echo"), 1, client.newBranch(), "", ""));
    String response = client.receive();
    assertEquals(200, SipClient.status(response));
    assertEquals("application/sdp", SipClient.header(response, "Accept"));
    assertEquals("INVITE, ACK, BYE, CANCEL, OPTIONS", SipClient.header(response, "Allow"));
    assertEquals("0", SipClient.header(response, "Content-Length"));
  }
}
