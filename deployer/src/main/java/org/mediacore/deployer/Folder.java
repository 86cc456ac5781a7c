package org.mediacore.deployer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of one directory with one ending, as a sequence of changes. A file counts once it has
 * stopped changing, so that one which is still being copied is not read. Holds no thread and reads
 * no clock; used by one thread.
 */
final class Folder {
  private final Path directory;
  private final String ending;
  private final long settleNs;
  private final Map<String, FileStamp> taken = new HashMap<>();
  private final Map<String, Waiting> waiting = new HashMap<>();
  private final Set<String> complete = new HashSet<>();

  private record Waiting(FileStamp stamp, long sinceNs) {}

  /**
   * What differs from the last time.
   *
   * @param added files that were not there before
   * @param changed files with other content than before
   * @param removed files that are gone
   */
  record Changes(List<Path> added, List<Path> changed, List<Path> removed) {
    boolean isEmpty() {
      return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }
  }

  /**
   * @param ending of the file names that count, such as {@code .jar}; hidden files never do
   * @param settleNs how long a file must stay as it is before it counts
   */
  Folder(Path directory, String ending, long settleNs) {
    this.directory = directory;
    this.ending = ending;
    this.settleNs = settleNs;
  }

  /** Whether a file is still changing, so that looking again soon is worth it. */
  boolean unsettled() {
    return !waiting.isEmpty();
  }

  /** Says that a file is complete as it is: it counts the next time, settled or not. */
  void complete(String name) {
    complete.add(name);
  }

  /** Takes every file as it is now, settled or not: for the start, when nobody is copying. */
  Changes scanAtOnce() throws IOException {
    return scan(0, true);
  }

  /**
   * @param nowNs the time of a monotonic clock
   * @throws IOException when the directory cannot be listed; nothing has changed then
   */
  Changes scan(long nowNs) throws IOException {
    return scan(nowNs, false);
  }

  private Changes scan(long nowNs, boolean atOnce) throws IOException {
    Map<String, FileStamp> present = list();
    List<Path> added = new ArrayList<>();
    List<Path> changed = new ArrayList<>();
    for (Map.Entry<String, FileStamp> file : present.entrySet()) {
      FileStamp before = taken.get(file.getKey());
      if (file.getValue().equals(before)) {
        waiting.remove(file.getKey());
      } else if (atOnce
          || complete.contains(file.getKey())
          || settled(file.getKey(), file.getValue(), nowNs)) {
        waiting.remove(file.getKey());
        taken.put(file.getKey(), file.getValue());
        (before == null ? added : changed).add(directory.resolve(file.getKey()));
      }
    }
    complete.clear();
    waiting.keySet().retainAll(present.keySet());
    return new Changes(added, changed, removed(present.keySet()));
  }

  private List<Path> removed(Set<String> present) {
    Set<String> gone = new HashSet<>(taken.keySet());
    gone.removeAll(present);
    taken.keySet().removeAll(gone);
    return gone.stream().sorted().map(directory::resolve).toList();
  }

  private boolean settled(String name, FileStamp stamp, long nowNs) {
    Waiting before = waiting.get(name);
    if (before == null || !before.stamp().equals(stamp)) {
      waiting.put(name, new Waiting(stamp, nowNs));
      return false;
    }
    return nowNs - before.sinceNs() >= settleNs;
  }

  private Map<String, FileStamp> list() throws IOException {
    Map<String, FileStamp> present = new TreeMap<>();
    try (Stream<Path> children = Files.list(directory)) {
      for (Path child : (Iterable<Path>) children::iterator) {
        String name = child.getFileName().toString();
        if (name.endsWith(ending) && !name.startsWith(".")) {
          Optional<FileStamp> stamp = FileStamp.of(child);
          stamp.ifPresent(state -> present.put(name, state));
        }
      }
    }
    return present;
  }
}
