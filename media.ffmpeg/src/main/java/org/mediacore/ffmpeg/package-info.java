/**
 * FFmpeg's codecs for the bundles that build on them, in the platform's terms: bytes in, 16-bit
 * samples out, and back. No type of FFmpeg or JavaCPP crosses this package, so a codec bundle comes
 * and goes while the libraries stay loaded.
 */
@Export
@Version("1.0.0")
package org.mediacore.ffmpeg;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
