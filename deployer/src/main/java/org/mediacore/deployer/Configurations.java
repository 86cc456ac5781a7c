package org.mediacore.deployer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.mediacore.deployer.ConfigValues.WrongValueException;
import org.mediacore.deployer.Schemas.Schema;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes configurations of the files in home/conf and of the command line. A wrong value is reported
 * and leaves the previous one in place; the file's other values apply. A file of a PID that no
 * bundle describes applies unchecked, and is checked once one does, before that bundle starts. Used
 * by one thread.
 */
final class Configurations {
  private static final Logger LOG = LoggerFactory.getLogger("conf");
  private static final String ANY_LOCATION = "?";

  private final Supplier<Optional<ConfigurationAdmin>> admin;
  private final Schemas schemas;
  private final Overrides overrides;
  private final Map<String, ConfigFile> files = new TreeMap<>();
  private final Map<String, Applied> applied = new HashMap<>();

  /** What is in force for a PID, and by which schema it was checked. */
  private record Applied(String origin, Map<String, Object> values) {}

  Configurations(
      Supplier<Optional<ConfigurationAdmin>> admin, Schemas schemas, Overrides overrides) {
    this.admin = admin;
    this.schemas = schemas;
    this.overrides = overrides;
  }

  /** Applies the command line alone, for PIDs that have no file. */
  void applyOverrides() {
    overrides.pids().stream().filter(pid -> !files.containsKey(pid)).forEach(this::apply);
  }

  /** Follows the directory. What cannot be read is reported, and what it said before stays. */
  void apply(Folder.Changes changes) {
    List<Path> read = new ArrayList<>(changes.added());
    read.addAll(changes.changed());
    for (Path file : read) {
      try {
        files.put(ConfigFile.pid(file), ConfigFile.read(file));
        apply(ConfigFile.pid(file));
      } catch (IOException e) {
        LOG.warn("{}: not read: {}", file.getFileName(), String.valueOf(e.getMessage()));
      }
    }
    for (Path file : changes.removed()) {
      files.remove(ConfigFile.pid(file));
      remove(ConfigFile.pid(file), file.getFileName().toString());
    }
  }

  /** Checks again what was applied by another schema than there is now, or by none. */
  void schemasChanged() {
    TreeSet<String> pids = new TreeSet<>(files.keySet());
    pids.addAll(overrides.pids());
    for (String pid : pids) {
      Applied before = applied.get(pid);
      String origin = schemas.find(pid).map(Schema::origin).orElse("");
      if (before == null || !before.origin().equals(origin)) {
        apply(pid);
      }
    }
  }

  private void remove(String pid, String fileName) {
    LOG.info("{}: removed, defaults apply", fileName);
    applied.remove(pid);
    if (overrides.of(pid).isEmpty()) {
      admin.get().ifPresent(service -> write(service, pid, Map.of()));
    } else {
      apply(pid);
    }
  }

  private void apply(String pid) {
    Optional<ConfigurationAdmin> service = admin.get();
    if (service.isEmpty()) {
      LOG.warn("{}: waits for the Configuration Admin service", pid);
      return;
    }
    Optional<Schema> schema = schemas.find(pid);
    Map<String, Object> values = new TreeMap<>();
    ConfigFile file = files.get(pid);
    if (file != null) {
      values.putAll(checked(pid, file.fileName(), file.values(), schema));
    }
    values.putAll(checked(pid, "command line", overrides.of(pid), schema));
    applied.put(pid, new Applied(schema.map(Schema::origin).orElse(""), values));
    write(service.get(), pid, values);
  }

  private Map<String, Object> checked(
      String pid, String source, Map<String, String> texts, Optional<Schema> schema) {
    Map<String, Object> values = new TreeMap<>(texts);
    if (schema.isEmpty()) {
      return values;
    }
    texts.forEach(
        (name, text) -> {
          values.remove(name);
          convert(pid, source, schema.get(), name, text)
              .ifPresent(value -> values.put(name, value));
        });
    return values;
  }

  private Optional<Object> convert(
      String pid, String source, Schema schema, String name, String text) {
    Optional<Schemas.Key> key = schema.key(name);
    if (key.isEmpty()) {
      LOG.warn("{}: unknown key '{}' is ignored; the keys are {}", source, name, schema.ids());
      return Optional.empty();
    }
    try {
      return Optional.of(ConfigValues.convert(key.get(), text));
    } catch (WrongValueException e) {
      Applied before = applied.get(pid);
      boolean checkedBefore = before != null && !before.origin().isEmpty();
      Object previous = checkedBefore ? before.values().get(name) : null;
      LOG.warn(
          "{}: {} = '{}': {}; {} stays",
          source,
          name,
          text,
          e.getMessage(),
          previous == null ? "the default" : "'" + ConfigValues.format(previous) + "'");
      return Optional.ofNullable(previous);
    }
  }

  /** Without values the configuration is deleted, and components have their defaults. */
  private static void write(ConfigurationAdmin admin, String pid, Map<String, Object> values) {
    try {
      int tilde = pid.indexOf('~');
      Configuration configuration =
          tilde < 0
              ? admin.getConfiguration(pid, ANY_LOCATION)
              : admin.getFactoryConfiguration(
                  pid.substring(0, tilde), pid.substring(tilde + 1), ANY_LOCATION);
      if (values.isEmpty()) {
        configuration.delete();
      } else {
        configuration.updateIfDifferent(new Hashtable<>(values));
      }
    } catch (IOException e) {
      LOG.warn("{}: not applied: {}", pid, String.valueOf(e.getMessage()));
    }
  }
}
