package org.mediacore.api.session;

import org.mediacore.api.MediaSetupException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Offer and answer of one session (RFC 3264) in the manner of RFC 9429. May block while codecs are
 * created; never call it on a media loop. Safe for use by several threads, one call at a time takes
 * effect. A call that throws leaves the session as it was.
 */
@ProviderType
public interface Negotiation {
  /**
   * Makes our offer: all codecs that are there now, in the order of preference. In a session that
   * has agreed on something it is a new offer (RFC 3264 §8): same port, next version, payload types
   * keep their meaning; a codec in use that no longer has a provider is named only where there is
   * no other.
   *
   * @throws MediaSetupException where no codec or no port is left
   */
  Description createOffer() throws MediaSetupException;

  /**
   * Makes our answer to the remote offer that was set.
   *
   * @throws MediaSetupException {@code WRONG_STATE} without an offer
   */
  Description createAnswer() throws MediaSetupException;

  /**
   * Sets a description that {@link #createOffer} or {@link #createAnswer} made, or a rollback of
   * our offer. An answer takes effect: media flows as agreed. Once an offer is set, packets of the
   * codecs in it that come before the answer are kept for it, 16 at most.
   */
  void setLocal(Description description) throws MediaSetupException;

  /**
   * Sets the peer's offer or answer, or a rollback of its offer.
   *
   * @throws MediaSetupException {@code BAD_DESCRIPTION} for text that is not a valid description,
   *     {@code NO_COMMON_CODEC} where nothing in it can be used
   */
  void setRemote(Description description) throws MediaSetupException;
}
