package org.mediacore.api.session;

/**
 * A session description as it crosses the API: text with a role. Who wants to look inside parses it
 * with media.sdp.
 *
 * @param type offer, answer, provisional answer or rollback
 * @param sdp the text (RFC 8866); empty for a rollback
 */
public record Description(DescriptionType type, String sdp) {
  public static Description offer(String sdp) {
    return new Description(DescriptionType.OFFER, sdp);
  }

  public static Description answer(String sdp) {
    return new Description(DescriptionType.ANSWER, sdp);
  }

  public static Description rollback() {
    return new Description(DescriptionType.ROLLBACK, "");
  }
}
