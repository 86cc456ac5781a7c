package org.mediacore.sdp.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.mediacore.sdp.Direction;
import org.mediacore.sdp.MediaDescription;
import org.mediacore.sdp.RtpFormat;
import org.mediacore.sdp.SdpParseException;
import org.mediacore.sdp.SessionDescription;

/** Answers any offer by accepting what can be accepted; the answer must pass its own check. */
public final class FuzzedExchange {
  private FuzzedExchange() {}

  /** Throws an AssertionError when the answer to this offer breaks a rule. */
  public static void check(SessionDescription offer) throws SdpParseException {
    List<MediaAnswer> decisions = new ArrayList<>();
    for (MediaDescription media : offer.media()) {
      List<RtpFormat> formats = media.rtpFormats();
      decisions.add(
          formats.isEmpty()
              ? MediaAnswer.refuse()
              : MediaAnswer.accept(5000, formats)
                  .withRtcpMux(true)
                  .withDirection(Direction.SENDRECV));
    }
    SessionDescription answer =
        OfferAnswer.answer(
            offer, AnswerPlan.of(Sdp.OUR_ORIGIN, Sdp.OUR_ADDRESS, decisions).withGroup("BUNDLE"));
    assertEquals(answer, SessionDescription.parse(answer.toText()));
    assertEquals(List.of(), AnswerCheck.problems(offer, answer));
    assertEquals(offer.media().size(), AgreedMedia.of(answer, offer, false).size());
    new PayloadTypeMap().bindRemote(offer.media().isEmpty() ? answerless() : offer.media().get(0));
    NextOffer.after(answer, offer).build();
  }

  private static MediaDescription answerless() {
    return MediaDescription.builder("audio", 0, "RTP/AVP").addFormat("0").build();
  }
}
