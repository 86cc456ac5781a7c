/** AMR and AMR-WB over RTP (RFC 4867); the codecs themselves are media.ffmpeg's. */
package org.mediacore.codec.amr;
