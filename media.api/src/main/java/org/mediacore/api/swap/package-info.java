/**
 * What was replaced under running calls, what the calls had of it, and which versions of a bundle
 * there are to replace it with.
 */
@Export
@Version("1.0.0")
package org.mediacore.api.swap;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
