/**
 * What a codec is to the platform: a factory service that describes itself and negotiates, and the
 * encoder and decoder instances that one session owns.
 */
@Export
@Version("1.0.0")
package org.mediacore.api.codec;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
