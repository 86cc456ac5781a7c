/** Reading and writing media files. */
@Export
@Version("1.0.0")
package org.mediacore.api.file;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
