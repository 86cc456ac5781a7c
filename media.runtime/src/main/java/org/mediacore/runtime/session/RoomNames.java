package org.mediacore.runtime.session;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.mediacore.api.session.RoomOptions;

/**
 * Which room has a name: from its first member until it closes. Read by any thread, changed under
 * the platform's lock.
 */
final class RoomNames {
  private final ConcurrentMap<Key, CoreRoom> holders = new ConcurrentHashMap<>();

  private record Key(RoomOptions.Mode mode, String name) {
    static Key of(RoomOptions options) {
      return new Key(options.mode(), options.name());
    }
  }

  /** Who has the name. */
  Optional<CoreRoom> holder(RoomOptions options) {
    return Optional.ofNullable(holders.get(Key.of(options)));
  }

  /** Whether the room has its name or may take it. */
  boolean isFor(CoreRoom room) {
    return holder(room.options()).map(holder -> holder == room).orElse(true);
  }

  /** Gives the room its name, which {@link #isFor} it. */
  void take(CoreRoom room) {
    holders.put(Key.of(room.options()), room);
  }

  /** Frees the room's name, where it has it. */
  void release(CoreRoom room) {
    holders.remove(Key.of(room.options()), room);
  }
}
