/**
 * Opus (RFC 6716) over RTP (RFC 7587): libopus where it can be loaded, otherwise pure Java.
 *
 * <p>{@link org.mediacore.codec.opus.OpusCodecFactory} negotiates and makes instances; {@link
 * org.mediacore.codec.opus.OpusEngine} is the seam between what RFC 7587 and the platform ask for
 * and the two libraries behind it.
 */
package org.mediacore.codec.opus;
