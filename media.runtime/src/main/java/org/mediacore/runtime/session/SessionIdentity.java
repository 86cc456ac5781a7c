package org.mediacore.runtime.session;

import java.util.random.RandomGenerator;

/**
 * What makes a session's numbers unpredictable.
 *
 * @param random for SSRC, first sequence number and timestamp, CNAME and RTCP intervals
 * @param sessionId of the origin line, positive
 */
record SessionIdentity(RandomGenerator random, long sessionId) {}
