/** What was replaced under running calls, and what the calls had of it. */
@Export
@Version("1.0.0")
package org.mediacore.api.swap;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
