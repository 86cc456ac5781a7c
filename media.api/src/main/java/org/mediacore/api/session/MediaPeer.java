package org.mediacore.api.session;

/**
 * What a session can be connected to: another {@link MediaSession}, a {@link Room}, or an {@link
 * AudioPort} such as a player, a recorder or a third party's voice bot.
 */
public interface MediaPeer {
  /** A short name for logs and reports, such as {@code room blue}. */
  String describe();
}
