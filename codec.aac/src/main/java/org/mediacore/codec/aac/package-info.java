/** AAC over RTP (RFC 3640), decoding only; the codec itself is media.ffmpeg's. */
package org.mediacore.codec.aac;
