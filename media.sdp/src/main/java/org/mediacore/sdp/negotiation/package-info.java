/**
 * Offer and answer (RFC 3264) as pure functions over session descriptions. Nothing here knows a
 * codec: whoever calls says which encodings it supports and which format parameters it agrees to.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.mediacore.sdp.negotiation;
