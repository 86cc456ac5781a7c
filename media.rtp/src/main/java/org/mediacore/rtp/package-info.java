/**
 * The protocol core of RTP and RTCP (RFC 3550, 3551, 5761, 7983, 8285): wire formats, the state of
 * what is sent and received, reports, and the jitter buffer.
 *
 * <p>Nothing here opens a socket, starts a thread or reads a clock. Callers pass {@code nowNs}, a
 * monotonic time in nanoseconds whose origin does not matter, and a wall-clock NTP value where
 * reports need one. Every object is used by one thread at a time. On the packet path nothing
 * allocates, locks, logs or throws; a malformed packet is a negative status. Buffers belong to the
 * caller; a packet reaches from a buffer's position to its limit and the buffer's byte order does
 * not matter.
 *
 * <p>32-bit wire values (SSRC, timestamp) are passed as {@code int} with all bits used; {@link
 * java.lang.Integer#toUnsignedLong} prints them. Sequence numbers are 0 to 65535, and {@code
 * extended} ones count on past the wrap.
 */
package org.mediacore.rtp;
