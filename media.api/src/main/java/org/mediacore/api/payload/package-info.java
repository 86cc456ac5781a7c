/**
 * How a codec's frames lie in RTP packets, where that is a matter of its own: a format service that
 * describes itself and translates session parameters, and the packetizer and depacketizer instances
 * that one session owns. Most audio codecs lay their frames themselves (see {@link
 * org.mediacore.api.codec.AudioCodecFactory#framesOnly}) and need none of this.
 */
@Export
@Version("1.0.0")
package org.mediacore.api.payload;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
