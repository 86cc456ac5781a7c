package org.mediacore.api.session;

/**
 * What a room is made with.
 *
 * @param name what it is asked for by, and shown as; a bridge and a mixing room of one name are two
 * @param mode how its members hear each other
 * @param maxMembers how many sessions may be in it, at least 2; 2 for a bridge
 * @param ephemeral whether the room closes itself: a mixing room when its last member leaves, a
 *     bridge when either of its members leaves. Connecting to a closed room fails with {@code
 *     WRONG_STATE}
 */
public record RoomOptions(String name, Mode mode, int maxMembers, boolean ephemeral) {
  /** How the members of a room hear each other. */
  public enum Mode {
    /** Two members, joined directly: packets are passed on where the codecs allow it. */
    BRIDGE,
    /** Any number of members; each hears the mixture of the others. */
    MIX
  }

  public RoomOptions {
    if (maxMembers < 2) {
      throw new IllegalArgumentException("maxMembers must be at least 2: " + maxMembers);
    }
    if (mode == Mode.BRIDGE && maxMembers != 2) {
      throw new IllegalArgumentException("a bridge has 2 members: " + maxMembers);
    }
  }

  /** A mixing room that closes itself when its last member leaves. */
  public RoomOptions(String name, int maxMembers) {
    this(name, Mode.MIX, maxMembers, true);
  }

  /** A bridge that closes itself when either of its members leaves. */
  public static RoomOptions bridge(String name) {
    return new RoomOptions(name, Mode.BRIDGE, 2, true);
  }
}
