/**
 * Annotations that write what a bundle provides into its manifest, so that the OSGi resolver can
 * find a bundle by what it can do.
 */
@Export
@Version("1.0.0")
package org.mediacore.api.capability;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
