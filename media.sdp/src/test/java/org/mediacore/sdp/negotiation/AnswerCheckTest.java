package org.mediacore.sdp.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.sdp.negotiation.Sdp.parse;
import static org.mediacore.sdp.negotiation.Sdp.session;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.sdp.SessionDescription;

class AnswerCheckTest {
  private static final String AUDIO = "m=audio 5000 RTP/AVP 0";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "has 0 media descriptions      | %AUDIO 0 | ''",
        "has 2 media descriptions      | %AUDIO 0 | %AUDIO 0;m=audio 3 RTP/AVP 0",
        "media 0 (audio): answered as video | %AUDIO 0 | m=video 1 RTP/AVP 0",
        "offered as RTP/SAVP           | m=audio 1 RTP/SAVP 0 | %AUDIO 0",
        "mid y was not offered         | %AUDIO 0;a=mid:x | %AUDIO 0;a=mid:y",
        "although offered with port 0  | m=audio 0 RTP/AVP 0 | %AUDIO 0",
        "none of the answered formats  | %AUDIO 0 | %AUDIO 8",
        "none of the answered formats | %AUDIO 96;a=rtpmap:96 a/80 | %AUDIO 96;a=rtpmap:96 b/80",
        "offered sendonly, answered sendrecv | %AUDIO 0;a=sendonly | %AUDIO 0",
        "offered inactive, answered recvonly | %AUDIO 0;a=inactive | %AUDIO 0;a=recvonly",
        "rtcp-mux was not offered      | %AUDIO 0 | %AUDIO 0;a=rtcp-mux",
        "BUNDLE [x] was not offered    | %AUDIO 0;a=mid:x | a=group:BUNDLE x;%AUDIO 0;a=mid:x",
        "that is not accepted          | a=group:BUNDLE x;%AUDIO 0;a=mid:x "
            + "| a=group:BUNDLE x;m=audio 0 RTP/AVP 0;a=mid:x",
      })
  void eachFaultIsNamed(String expected, String offer, String answer) {
    List<String> problems = AnswerCheck.problems(audio(offer), audio(answer));
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains(expected), problems.toString());
  }

  private static SessionDescription audio(String lines) {
    return session(lines.replace("%AUDIO", "m=audio 1 RTP/AVP"));
  }

  @Test
  void anAcceptedStreamNeedsAnAddress() {
    SessionDescription answer = parse("v=0\no=- 1 1 IN IP4 h\ns=-\nt=0 0\n" + AUDIO);
    assertEquals(
        List.of("media 0 (audio): no address (c=)"), AnswerCheck.problems(session(AUDIO), answer));
  }

  @Test
  void whatPhonesDoWithoutHarmIsNoFault() {
    SessionDescription offer = session("m=audio 1 RTP/AVP 0 8;a=mid:x;m=video 3 RTP/AVP 31");
    SessionDescription answer =
        session("m=audio 1 RTP/AVP 8 101;a=rtpmap:101 telephone-event/8000;m=video 0 RTP/AVP 34");
    assertEquals(List.of(), AnswerCheck.problems(offer, answer));
  }

  @Test
  void aLaterDescriptionKeepsItsSlotsAndRaisesItsVersion() {
    SessionDescription two = session(AUDIO + ";m=video 3 RTP/AVP 31");
    SessionDescription one = session(AUDIO);
    assertEquals(List.of(), AnswerCheck.successorProblems(one, one));
    assertEquals(
        List.of(), AnswerCheck.successorProblems(one, two.withOrigin(two.origin().nextVersion())));
    List<String> fewer =
        AnswerCheck.successorProblems(two, one.withOrigin(one.origin().nextVersion()));
    assertEquals(List.of("media descriptions must not become fewer: 2 before, 1 now"), fewer);
    assertEquals(
        List.of("the description changed but its version is still 1"),
        AnswerCheck.successorProblems(one, two));
  }
}
