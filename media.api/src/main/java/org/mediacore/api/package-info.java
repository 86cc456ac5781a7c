/**
 * What all contracts share: the status codes of the media path and the exception of the setup path.
 */
@Export
@Version("1.0.0")
package org.mediacore.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
