package org.mediacore.endpoint.standard;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes files of one name: {@code NAME.wav}, then {@code NAME-2.wav} and so on, one more than the
 * highest number there is. A directory is looked through once for a name; from then on its last
 * number is remembered. No file is ever taken that somebody else has made. Safe for several
 * threads, and beside other processes.
 */
final class RecordingNames {
  /** Names are the callers' choice, so that not all of them can be remembered. */
  static final int MOST_REMEMBERED = 1_000;

  private static final long UNKNOWN = 0;

  /** What is in a directory. */
  interface Listing {
    /** The names of its files. */
    List<String> of(Path directory) throws IOException;
  }

  private record Name(Path directory, String base, String extension) {
    Path plain() {
      return directory.resolve(base + "." + extension);
    }

    Path numbered(long number) {
      return directory.resolve(base + "-" + number + "." + extension);
    }
  }

  private final Listing listing;

  /**
   * By the plain file of a name. No record is the key: once a record's own equals was called, JDK
   * 17 keeps its class in a cache, and with it the class loader of a bundle that has been replaced.
   */
  private final Map<Path, AtomicLong> lastNumbers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, AtomicLong> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  RecordingNames() {
    this(RecordingNames::fileNames);
  }

  RecordingNames(Listing listing) {
    this.listing = listing;
  }

  private static List<String> fileNames(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /**
   * Makes the next file of a name; it is empty.
   *
   * @param base the name without its extension
   * @throws IOException where the directory cannot be listed, or written to
   */
  Path create(Path directory, String base, String extension) throws IOException {
    Name name = new Name(directory, base, extension);
    if (isCreated(name.plain())) {
      forget(name); // the directory was cleared, perhaps of the numbers, too
      return name.plain();
    }
    AtomicLong last = lastNumber(name);
    boolean listed = last.get() == UNKNOWN;
    if (listed) {
      last.accumulateAndGet(highest(name), Math::max);
    }
    Path path = name.numbered(last.incrementAndGet());
    while (!isCreated(path)) {
      if (!listed) {
        listed = true;
        last.accumulateAndGet(highest(name), Math::max);
      }
      path = name.numbered(last.incrementAndGet());
    }
    return path;
  }

  private static boolean isCreated(Path path) throws IOException {
    try {
      Files.createFile(path);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  /** The highest number of a name; 1, which is the plain name's, where there is none. */
  private long highest(Name name) throws IOException {
    // Up to 18 digits fit into a long with room above; NAME-007 is not one of ours.
    Pattern numbered =
        Pattern.compile(
            Pattern.quote(name.base())
                + "-([1-9][0-9]{0,17})\\."
                + Pattern.quote(name.extension()));
    long highest = 1;
    for (String file : listing.of(name.directory())) {
      Matcher matcher = numbered.matcher(file);
      if (matcher.matches()) {
        highest = Math.max(highest, Long.parseLong(matcher.group(1)));
      }
    }
    return highest;
  }

  private AtomicLong lastNumber(Name name) {
    synchronized (lastNumbers) {
      return lastNumbers.computeIfAbsent(name.plain(), anew -> new AtomicLong(UNKNOWN));
    }
  }

  private void forget(Name name) {
    synchronized (lastNumbers) {
      lastNumbers.remove(name.plain());
    }
  }

  /** How many names' last numbers are remembered. */
  int remembered() {
    synchronized (lastNumbers) {
      return lastNumbers.size();
    }
  }
}
