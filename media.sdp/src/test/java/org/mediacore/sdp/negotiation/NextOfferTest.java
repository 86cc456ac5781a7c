package org.mediacore.sdp.negotiation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mediacore.sdp.negotiation.Sdp.session;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mediacore.sdp.Group;
import org.mediacore.sdp.MediaDescription;
import org.mediacore.sdp.SessionDescription;

class NextOfferTest {
  private static final String TWO =
      "a=group:BUNDLE a v;m=audio 4000 RTP/AVP 0;a=mid:a;m=video 4002 RTP/AVP 31 34;a=mid:v";
  private final SessionDescription local = session(TWO);
  private final MediaDescription third =
      MediaDescription.builder("audio", 4100, "RTP/AVP").addFormat("8").mid("n").build();

  @Test
  void nothingChangedIsTheSameOfferAgain() {
    assertSame(local, NextOffer.after(local, local).build());
  }

  @Test
  void aRemovedStreamLeavesItsSlotAndItsGroup() {
    SessionDescription next = NextOffer.after(local, local).remove(1).build();
    assertEquals(2, next.media().size());
    assertEquals("m=video 0 RTP/AVP 31\r\na=mid:v\r\n", next.media().get(1).toText());
    assertEquals(List.of(new Group("BUNDLE", List.of("a"))), next.groups());
    assertEquals("2", next.origin().sessionVersion());
    assertEquals(List.of(), AnswerCheck.successorProblems(local, next));
  }

  @Test
  void aNewStreamTakesAFreeSlotOfTheLastExchangeElseTheEnd() {
    NextOffer full = NextOffer.after(local, local);
    assertEquals(2, full.add(third));
    assertEquals(3, full.build().media().size());

    SessionDescription refusing =
        session("m=audio 5000 RTP/AVP 0;a=mid:a;m=video 0 RTP/AVP 31;a=mid:v");
    NextOffer reuse = NextOffer.after(local, refusing);
    assertEquals(1, reuse.add(third));
    assertEquals(2, reuse.add(third));
    SessionDescription next = reuse.build();
    assertEquals(third, next.media().get(1));
    assertEquals(List.of(new Group("BUNDLE", List.of("a"))), next.groups());
  }

  @Test
  void aStreamRemovedNowIsNotReusedInTheSameOffer() {
    NextOffer next = NextOffer.after(local, local).remove(0);
    assertEquals(2, next.add(third));
  }

  @Test
  void versionsBeyond64BitsRise() {
    SessionDescription big =
        local.withOrigin(
            new org.mediacore.sdp.Origin(
                "-", "1", "18446744073709551615", "IN", "IP4", "192.0.2.1"));
    assertEquals(
        "18446744073709551616",
        NextOffer.after(big, local).remove(0).build().origin().sessionVersion());
  }

  @Test
  void thereIsNoSuchStream() {
    NextOffer next = NextOffer.after(local, local);
    assertThrows(IndexOutOfBoundsException.class, () -> next.remove(2));
    assertThrows(IndexOutOfBoundsException.class, () -> next.change(2, third));
  }
}
