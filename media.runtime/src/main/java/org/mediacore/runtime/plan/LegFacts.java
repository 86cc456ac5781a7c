package org.mediacore.runtime.plan;

import org.mediacore.api.codec.CodecParameters;

/**
 * What the planner knows of one side of a session.
 *
 * @param name the session's name, for the plan's text
 * @param codec the codec as agreed
 * @param provider who provides it, for the plan's text
 * @param maxPtimeMs the longest packet the peer takes (RFC 8866 §6.4), 0 where it does not say
 * @param sends whether the peer may send to us
 * @param receives whether the peer wants to receive from us
 */
public record LegFacts(
    String name,
    CodecParameters codec,
    String provider,
    int maxPtimeMs,
    boolean sends,
    boolean receives) {}
