/**
 * Session descriptions (RFC 8866) as immutable, lossless values: every line of a parsed description
 * is kept in order and written back, and typed accessors read the lines that matter for audio and
 * video calls. Offer and answer built on this model are in {@code org.mediacore.sdp.negotiation}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.mediacore.sdp;
