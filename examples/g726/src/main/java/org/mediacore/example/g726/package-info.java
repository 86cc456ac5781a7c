/**
 * ITU-T G.726 at 32 kbit/s over RTP as RFC 3551 §4.5.4 has it. {@link
 * org.mediacore.example.g726.G726CodecFactory} is the service; {@link
 * org.mediacore.example.g726.G726Adpcm} is the mathematics.
 */
package org.mediacore.example.g726;
