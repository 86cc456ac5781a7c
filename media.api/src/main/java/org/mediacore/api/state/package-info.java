/**
 * What survives a swap: plain values owned by the session, from which a successor continues where
 * its predecessor stopped. JDK types only, so that no value pins a provider's class loader.
 */
@Export
@Version("1.0.0")
package org.mediacore.api.state;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
