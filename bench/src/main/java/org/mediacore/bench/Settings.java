package org.mediacore.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of a benchmark's options. */
public final class Settings {
  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads a command line.
   *
   * @param options those that are allowed
   * @param arguments the words behind the benchmark's name
   * @throws UsageException for an unknown option or a missing value
   */
  Settings(List<Option> options, List<String> arguments) throws UsageException {
    options.stream().filter(o -> !o.isSwitch()).forEach(o -> values.put(o.name(), o.value()));
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      Option option =
          options.stream()
              .filter(o -> o.name().equals(word))
              .findFirst()
              .orElseThrow(() -> new UsageException("unknown option '" + word + "'"));
      if (option.isSwitch()) {
        values.put(word, "yes");
      } else if (++i == arguments.size()) {
        throw new UsageException(word + " needs a value");
      } else {
        values.put(word, arguments.get(i));
      }
    }
  }

  /** Whether a switch was given. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The value of an option. */
  public String text(String name) {
    return values.get(name);
  }

  /**
   * The value of an option as a number.
   *
   * @throws UsageException unless it is a whole number from 1
   */
  public int number(String name) throws UsageException {
    String value = values.get(name);
    if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < 1) {
      throw new UsageException(name + " '" + value + "': a whole number from 1");
    }
    return Integer.parseInt(value);
  }
}
