/**
 * What an address means: a provider turns the user part of a called address into something that a
 * session is connected to.
 */
@Export
@Version("1.0.0")
package org.mediacore.api.endpoint;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
