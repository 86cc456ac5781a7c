package org.mediacore.deployer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mediacore.api.swap.BundleChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last changes that can be undone, and the jar that is on trial, in two small files, so that a
 * restart does not make the platform forget. Used by one thread at a time.
 *
 * <p>A line of the first one is {@code TIME<tab>BUNDLE<tab>BEFORE<tab>AFTER}, versions separated by
 * commas.
 */
final class ChangeLog {
  static final int MAX_CHANGES = 20;

  private static final Logger LOG = LoggerFactory.getLogger("archive");

  private final Path file;
  private final Path trialFile;

  ChangeLog(Path directory) {
    this.file = directory.resolve("changes");
    this.trialFile = directory.resolve("trial");
  }

  /** The changes that were not undone, the last one last. */
  List<BundleChange> changes() {
    List<BundleChange> changes = new ArrayList<>();
    for (String line : lines(file)) {
      String[] parts = line.split("\t", -1);
      try {
        changes.add(
            new BundleChange(
                parts[1],
                versions(parts[2]),
                versions(parts[3]),
                Instant.parse(parts[0]).toEpochMilli()));
      } catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
        LOG.warn("{}: this line is no change, it is left out: {}", file, line);
      }
    }
    return changes;
  }

  Optional<BundleChange> last() {
    List<BundleChange> changes = changes();
    return changes.isEmpty() ? Optional.empty() : Optional.of(changes.get(changes.size() - 1));
  }

  /** Whether the last change has it, so that undoing that needs it. */
  boolean mentions(Candidate build) {
    return last()
        .filter(change -> change.bundle().equals(build.name()))
        .filter(
            change ->
                Stream.concat(change.before().stream(), change.after().stream())
                    .anyMatch(version -> isOf(build, version)))
        .isPresent();
  }

  /** A version alone may be any build of it. */
  private static boolean isOf(Candidate build, String version) {
    return version.equals(build.version().toString())
        || version.equals(build.version() + "+" + build.checksum());
  }

  void add(BundleChange change) throws IOException {
    List<BundleChange> changes = new ArrayList<>(changes());
    changes.add(change);
    write(changes.subList(Math.max(0, changes.size() - MAX_CHANGES), changes.size()));
  }

  void removeLast() throws IOException {
    List<BundleChange> changes = changes();
    write(changes.subList(0, Math.max(0, changes.size() - 1)));
  }

  private void write(List<BundleChange> changes) throws IOException {
    List<String> lines = new ArrayList<>();
    for (BundleChange change : changes) {
      lines.add(
          String.join(
              "\t",
              Instant.ofEpochMilli(change.atMs()).toString(),
              change.bundle(),
              String.join(",", change.before()),
              String.join(",", change.after())));
    }
    write(file, lines);
  }

  /** Notes which file of home/deploy is there on trial only. */
  void trial(String deployFile) throws IOException {
    write(trialFile, List.of(deployFile));
  }

  /** The file that was on trial when the platform ended, if one was. */
  Optional<String> trial() {
    return lines(trialFile).stream().findFirst();
  }

  void trialIsOver() throws IOException {
    Files.deleteIfExists(trialFile);
  }

  private static List<String> versions(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(","));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      LOG.warn("{} cannot be read, taken as empty: {}", file, e.toString());
      return List.of();
    }
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Files.createDirectories(file.getParent());
    Path partial = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.write(partial, lines);
      Files.move(
          partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
