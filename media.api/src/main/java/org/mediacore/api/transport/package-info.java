/**
 * How packets reach the network: a transport is built from a state, sends through a channel that
 * the media loop owns, and hands what it accepted to a sink.
 */
@Export
@Version("1.0.0")
package org.mediacore.api.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
