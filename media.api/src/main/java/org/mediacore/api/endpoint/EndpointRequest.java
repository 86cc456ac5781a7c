package org.mediacore.api.endpoint;

import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;

/**
 * A caller who wants to be connected.
 *
 * @param address the user part of the called address, such as {@code bridge-blue}
 * @param session the caller's session
 * @param manager makes what the session is connected to
 */
public record EndpointRequest(String address, MediaSession session, MediaManager manager) {}
