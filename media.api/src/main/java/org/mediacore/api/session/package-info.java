/**
 * What an application calls: sessions, their negotiation, and the peers they can be connected to.
 */
@Export
@Version("1.0.0")
package org.mediacore.api.session;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
