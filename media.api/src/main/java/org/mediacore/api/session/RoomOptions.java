package org.mediacore.api.session;

/**
 * What a room is made with.
 *
 * @param name a name for logs and reports
 * @param maxMembers how many sessions may be in it, at least 2
 */
public record RoomOptions(String name, int maxMembers) {
  public RoomOptions {
    if (maxMembers < 2) {
      throw new IllegalArgumentException("maxMembers must be at least 2: " + maxMembers);
    }
  }
}
