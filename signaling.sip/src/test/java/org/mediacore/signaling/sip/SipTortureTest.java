package org.mediacore.signaling.sip;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that are malformed, or look so: the torture tests of RFC 4475, and damaged calls. */
class SipTortureTest {
  private static final String NO_VECTORS = "no vectors: set MEDIACORE_VECTORS";
  private static final String SDP = FakeMediaManager.SDP;
  private static final int TIME_FOR_AN_ANSWER_MS = 100;

  private TestServer server;
  private SipClient client;
  private int options;

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

  private static Path directory() {
    String vectors = System.getenv("MEDIACORE_VECTORS");
    return Path.of(vectors == null ? "../../shared/vectors" : vectors).resolve("sip-torture");
  }

  static Stream<String> messages() throws IOException {
    if (!Files.isDirectory(directory())) {
      return Stream.of(NO_VECTORS);
    }
    try (Stream<Path> files = Files.list(directory())) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".dat"))
              .sorted()
              .toList();
      return names.stream();
    }
  }

  /** The answer to {@code datagram}, if there is to be one; that others are answered is checked. */
  private Optional<String> answerTo(byte[] datagram, boolean expected) throws IOException {
    client.send(datagram);
    client.send(client.request("OPTIONS", client.uri("x"), ++options, client.newBranch(), "", ""));
    Optional<String> answer = Optional.empty();
    String response = client.receiveFinal();
    while (!isAnswerToOptions(response)) {
      answer = Optional.of(response);
      response = client.receiveFinal();
    }
    assertEquals(200, SipClient.status(response));
    if (answer.isPresent()) {
      return answer;
    }
    return expected ? Optional.of(client.receiveFinal()) : client.receive(TIME_FOR_AN_ANSWER_MS);
  }

  private boolean isAnswerToOptions(String response) {
    return SipClient.header(response, "Call-ID").equals(client.callId())
        && SipClient.header(response, "CSeq").equals(options + " OPTIONS");
  }

  /**
   * As it stands in a file, with the response coming back here whatever its Via says (RFC 3581).
   */
  private static byte[] aimedHere(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    String aimed =
        text.replaceFirst("(?im)^(v|via)([ \\t]*:(?:[^\\r\\n;]|\\r\\n[ \\t])*)", "$1$2;rport");
    return aimed.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * What is answered: 0 for nothing. A description without PCMU has no common codec here, so 488
   * means that the request was understood and served; so does 481 for wsinv, which has a To tag.
   */
  private static final Map<String, Integer> ANSWERS =
      Map.ofEntries(
          // RFC 4475 §3.1.1, valid messages
          entry("wsinv", 481),
          entry("intmeth", 405),
          entry("esc01", 488),
          entry("escnull", 405),
          entry("esc02", 405),
          entry("lwsdisp", 200),
          entry("longreq", 488),
          entry("dblreq", 405),
          entry("semiuri", 200),
          entry("transports", 200),
          entry("mpart01", 405),
          entry("unreason", 0),
          entry("noreason", 0),
          // §3.1.2, invalid messages
          entry("badinv01", 400),
          entry("clerr", 400),
          entry("ncl", 400),
          entry("scalar02", 400),
          entry("scalarlg", 0),
          entry("quotbal", 400),
          entry("ltgtruri", 400),
          entry("lwsruri", 400),
          entry("lwsstart", 400),
          entry("trws", 400),
          entry("escruri", 400),
          entry("baddate", 488),
          entry("regbadct", 405),
          entry("badaspec", 200),
          entry("baddn", 200),
          entry("badvers", 505),
          entry("mismatch01", 400),
          entry("mismatch02", 400),
          entry("bigcode", 0),
          // §3.2 transaction layer, §3.3 application layer
          entry("badbranch", 200),
          entry("insuf", 0),
          entry("unkscm", 416),
          entry("novelsc", 416),
          entry("unksm2", 405),
          entry("bext01", 420),
          entry("invut", 415),
          entry("regaut01", 405),
          entry("multi01", 400),
          entry("mcl01", 400),
          entry("bcast", 0),
          entry("zeromf", 483),
          entry("cparam01", 405),
          entry("cparam02", 405),
          entry("regescrt", 405),
          entry("sdp01", 488),
          // §3.4 backward compatibility
          entry("inv2543", 200));

  @ParameterizedTest
  @MethodSource("messages")
  void messageOfRfc4475(String name) throws Exception {
    assumeTrue(!name.equals(NO_VECTORS), NO_VECTORS);
    byte[] message = aimedHere(Files.readAllBytes(directory().resolve(name)));
    int expected = ANSWERS.get(name.substring(0, name.indexOf('.')));
    Optional<String> answer = answerTo(message, expected > 0);
    assertEquals(expected, answer.map(SipClient::status).orElse(0), () -> answer.toString());
  }

  @Test
  void datagramThatIsNoSip() throws Exception {
    for (String text : List.of("", "\r\n\r\n", "\0", "GET / HTTP/1.1\r\n\r\n", "SIP/2.0", "x")) {
      assertEquals(Optional.empty(), answerTo(text.getBytes(StandardCharsets.UTF_8), false));
    }
  }

  @Test
  void datagramOfTheLargestSize() throws Exception {
    String padding = "X-Padding: " + "x".repeat(64_000) + "\r\n";
    String request = client.request("OPTIONS", client.uri("x"), 1, client.newBranch(), padding, "");
    client.send(request);
    assertEquals(200, SipClient.status(client.receive()));
    byte[] rubbish = new byte[65_507];
    Arrays.fill(rubbish, (byte) '(');
    assertEquals(Optional.empty(), answerTo(rubbish, false));
  }

  @Test
  void inviteCutAnywhereEndsNothing() throws Exception {
    String invite = client.request("INVITE", client.uri("echo"), 1, client.newBranch(), "", SDP);
    byte[] bytes = invite.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < bytes.length; length += 7) {
      client.send(Arrays.copyOf(bytes, length));
      drain();
    }
    answerTo(new byte[0], false);
    assertEquals(0, server.media.made(), "none of them was whole");
  }

  @Test
  void inviteWithRandomDamageEndsNothing() throws Exception {
    long seed = 20_261_122;
    Random random = new Random(seed);
    String interesting = "\r\n:;,<>\"@%= \t\0/\\()[]";
    for (int i = 0; i < 600; i++) {
      String branch = client.newBranch();
      String extra = "Require: x\r\nRoute: <sip:a;lr>\r\nSupported: y\r\n";
      byte[] bytes =
          client
              .request("INVITE", client.uri("a"), i, branch, extra, SDP)
              .getBytes(StandardCharsets.UTF_8);
      for (int damage = random.nextInt(6); damage >= 0; damage--) {
        int at = random.nextInt(bytes.length);
        boolean marked = random.nextBoolean();
        bytes[at] =
            (byte)
                (marked
                    ? interesting.charAt(random.nextInt(interesting.length()))
                    : random.nextInt(256));
      }
      client.send(bytes);
      drain();
    }
    client.send(client.request("OPTIONS", client.uri("x"), 9999, client.newBranch(), "", ""));
    String last = client.receiveFinal();
    for (int i = 0; i < 200 && !SipClient.header(last, "CSeq").equals("9999 OPTIONS"); i++) {
      last = client.receiveFinal();
    }
    assertEquals("9999 OPTIONS", SipClient.header(last, "CSeq"), "seed " + seed);
  }

  /** Takes what has come, so that the sockets' buffers stay free. */
  private void drain() throws IOException {
    while (client.receive(1).isPresent()) {
      continue;
    }
  }
}
