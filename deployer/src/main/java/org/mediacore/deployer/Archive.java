package org.mediacore.deployer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mediacore.deployer.Candidate.BrokenJarException;

/**
 * Copies of the jars that were deployed, and of those that an operator puts there to deploy them
 * later: {@code NAME-VERSION.jar}, and {@code NAME-VERSION+CHECKSUM.jar} where another build of
 * that version has the plain name. What a file is, its manifest says and not its name. A file's
 * time is when it was last in use. Safe for use by several threads.
 */
final class Archive {
  private static final String ENDING = ".jar";

  private final Path directory;
  private final LongSupplier nowMs;
  private final Map<Path, Read> read = new HashMap<>();

  /** What a file was when it was last read, so that it is read once. Empty: it is no bundle. */
  private record Read(FileStamp stamp, Optional<Candidate> candidate) {}

  /**
   * @param directory made when first needed
   * @param nowMs the time in milliseconds since 1970
   */
  Archive(Path directory, LongSupplier nowMs) {
    this.directory = directory;
    this.nowMs = nowMs;
  }

  /** The bundles in it now. What is no bundle is left out. */
  synchronized List<Candidate> builds() throws IOException {
    List<Candidate> builds = new ArrayList<>();
    Map<Path, Read> before = Map.copyOf(read);
    read.clear();
    for (Path file : files()) {
      Optional<FileStamp> stamp = FileStamp.of(file);
      if (stamp.isPresent()) {
        Read known = before.get(file);
        if (known == null || !known.stamp().equals(stamp.get())) {
          known = new Read(stamp.get(), candidate(file));
        }
        read.put(file, known);
        known.candidate().ifPresent(builds::add);
      }
    }
    return builds;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .filter(file -> file.toString().endsWith(ENDING))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (NoSuchFileException notMadeYet) {
      return List.of();
    }
  }

  private static Optional<Candidate> candidate(Path file) {
    try {
      return Optional.of(Candidate.read(file));
    } catch (BrokenJarException e) {
      return Optional.empty(); // still being copied, or not ours to judge
    }
  }

  Optional<Candidate> find(Candidate build) throws IOException {
    return builds().stream().filter(build::sameBuildAs).findFirst();
  }

  /**
   * Makes sure that a build is in the archive, and notes that it is in use now.
   *
   * @return the archived one
   * @throws IOException when it cannot be written, or when its file holds something else by now
   */
  synchronized Candidate keep(Candidate build) throws IOException {
    Optional<Candidate> there = find(build);
    Path file = there.isPresent() ? there.get().file() : copy(build);
    Files.setLastModifiedTime(file, FileTime.fromMillis(nowMs.getAsLong()));
    return new Candidate(file, build.name(), build.version(), build.fingerprint());
  }

  private Path copy(Candidate build) throws IOException {
    Files.createDirectories(directory);
    Path plain = directory.resolve(fileName(build, ""));
    Path target =
        Files.exists(plain) ? directory.resolve(fileName(build, "+" + build.checksum())) : plain;
    place(build, target);
    return target;
  }

  /** Copies a build to a file that has either nothing or all of it. */
  static void place(Candidate build, Path target) throws IOException {
    Path partial = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      Files.copy(build.file(), partial, StandardCopyOption.REPLACE_EXISTING);
      if (!Candidate.read(partial).sameBuildAs(build)) {
        throw new IOException(build.file() + " has changed meanwhile");
      }
      Files.move(
          partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (BrokenJarException e) {
      throw new IOException(build.file() + " has changed meanwhile: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** The name of a build's file; what no file name should have is replaced. */
  static String fileName(Candidate build, String suffix) {
    String name = build.shortName().replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.", "_");
    return name + "-" + build.version() + suffix + ENDING;
  }

  /**
   * Deletes what is too much.
   *
   * @param perBundle how many builds of one bundle stay, those last used; without those that stay
   *     in any case
   * @param stays which ones stay in any case
   * @return what was deleted
   */
  synchronized List<Candidate> prune(int perBundle, Predicate<Candidate> stays) throws IOException {
    Map<String, List<Candidate>> idle = new TreeMap<>();
    for (Candidate build : builds()) {
      if (!stays.test(build)) {
        idle.computeIfAbsent(build.name(), name -> new ArrayList<>()).add(build);
      }
    }
    List<Candidate> deleted = new ArrayList<>();
    for (List<Candidate> builds : idle.values()) {
      builds.sort(Comparator.comparingLong(this::usedMs).reversed());
      for (Candidate build : builds.subList(Math.min(perBundle, builds.size()), builds.size())) {
        Files.deleteIfExists(build.file());
        deleted.add(build);
      }
    }
    return deleted;
  }

  private long usedMs(Candidate build) {
    return FileStamp.of(build.file()).map(FileStamp::modifiedMs).orElse(0L);
  }
}
