package org.mediacore.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Files that a distribution puts into a home, and the record of what was put there. A file that an
 * operator removed or changed is left as it is; one that is still as it was put follows the
 * distribution, also to another version's file name.
 */
final class Seeds {
  private final Path record;
  private final Map<String, Entry> entries = new TreeMap<>();
  private boolean changed;

  /**
   * What was put under one artifact's name.
   *
   * @param name the file's name in the home
   * @param sha256 its content then
   * @param stamp size and time of the distribution's file, to see cheaply that nothing changed
   */
  private record Entry(String name, String sha256, String stamp) {
    static Entry parse(String text) {
      String[] parts = text.split(" ", 3);
      return parts.length == 3 ? new Entry(parts[2], parts[0], parts[1]) : new Entry(text, "", "");
    }

    String format() {
      return sha256 + " " + stamp + " " + name;
    }
  }

  private Seeds(Path record) {
    this.record = record;
  }

  static Seeds load(Path record) throws IOException {
    Seeds seeds = new Seeds(record);
    if (Files.exists(record)) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(record)) {
        properties.load(reader);
      }
      properties.forEach((key, value) -> seeds.entries.put("" + key, Entry.parse("" + value)));
    }
    return seeds;
  }

  /**
   * Brings one folder up to date.
   *
   * @param folder the folder's name in the record
   * @param from the distribution's folder; may be missing
   * @param to the home's folder
   */
  void apply(String folder, Path from, Path to) throws IOException {
    List<String> present = new ArrayList<>();
    for (Path source : files(from)) {
      String key = folder + "/" + artifact(source.getFileName().toString());
      present.add(key);
      put(key, source, to);
    }
    List<String> gone =
        entries.keySet().stream()
            .filter(key -> key.startsWith(folder + "/") && !present.contains(key))
            .toList();
    for (String key : gone) {
      Path target = to.resolve(entries.get(key).name());
      if (isAsPut(target, entries.get(key))) {
        Files.delete(target);
      }
      entries.remove(key);
      changed = true;
    }
  }

  private void put(String key, Path source, Path to) throws IOException {
    String name = source.getFileName().toString();
    String stamp = Files.size(source) + "@" + Files.getLastModifiedTime(source).toMillis();
    Entry before = entries.get(key);
    if (before != null && before.stamp().equals(stamp) && before.name().equals(name)) {
      return;
    }
    String sha256 = sha256(source);
    boolean first = before == null && !Files.exists(to.resolve(name));
    boolean follow = before != null && isAsPut(to.resolve(before.name()), before);
    if (first || follow) {
      copy(source, to.resolve(name));
      if (follow && !before.name().equals(name)) {
        Files.delete(to.resolve(before.name()));
      }
    }
    entries.put(key, new Entry(name, sha256, stamp));
    changed = true;
  }

  /** A watcher never sees half a file: the copy gets its name when it is complete. */
  private static void copy(Path source, Path target) throws IOException {
    Path partial = target.resolveSibling(target.getFileName() + ".part");
    Files.copy(source, partial, StandardCopyOption.REPLACE_EXISTING);
    Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isAsPut(Path target, Entry entry) throws IOException {
    return Files.isRegularFile(target) && sha256(target).equals(entry.sha256());
  }

  void save() throws IOException {
    if (!changed) {
      return;
    }
    Properties properties = new Properties();
    entries.forEach((key, entry) -> properties.setProperty(key, entry.format()));
    Path partial = record.resolveSibling(record.getFileName() + ".part");
    try (Writer writer = Files.newBufferedWriter(partial)) {
      properties.store(writer, "What the distribution put here: sha256 size@time name");
    }
    Files.move(partial, record, StandardCopyOption.REPLACE_EXISTING);
  }

  /** {@code codec.opus-1.0.0.jar} is the artifact {@code codec.opus}. */
  static String artifact(String fileName) {
    return fileName.replaceFirst("-\\d[^/]*$", "");
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
