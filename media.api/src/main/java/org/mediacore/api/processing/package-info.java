/**
 * What works on audio between decoder and encoder: a factory service that describes itself, and the
 * processor instances that one session owns.
 */
@Export
@Version("1.0.0")
package org.mediacore.api.processing;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
