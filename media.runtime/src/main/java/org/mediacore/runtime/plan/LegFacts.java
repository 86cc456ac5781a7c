package org.mediacore.runtime.plan;

import java.util.List;
import org.mediacore.api.codec.CodecParameters;

/**
 * What the planner knows of one side of a session.
 *
 * @param name the session's name, for the plan's text
 * @param codec the codec as agreed
 * @param provider who provides it, for the plan's text
 * @param maxPtimeMs the longest packet the peer takes (RFC 8866 §6.4), 0 where it does not say
 * @param received the processors that what the peer says passes, for the plan's text
 * @param sent the processors that what the peer hears passes, for the plan's text
 * @param sends whether the peer may send to us
 * @param receives whether the peer wants to receive from us
 */
public record LegFacts(
    String name,
    CodecParameters codec,
    String provider,
    int maxPtimeMs,
    List<String> received,
    List<String> sent,
    boolean sends,
    boolean receives) {
  /** Whether the session's audio passes any processor. */
  boolean isProcessed() {
    return !received.isEmpty() || !sent.isEmpty();
  }
}
