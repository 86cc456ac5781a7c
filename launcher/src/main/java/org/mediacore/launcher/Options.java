package org.mediacore.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The command line of {@code mediacore run}.
 *
 * @param home the directory that holds conf/, deploy/ and data/, absolute
 * @param overrides configuration values that win over the files, {@code PID/key} to value
 * @param realTime whether loops get real-time priority
 * @param awake whether cores are kept from sleeping
 * @param help whether only the usage is wanted
 */
record Options(
    Path home, Map<String, String> overrides, boolean realTime, boolean awake, boolean help) {
  static final String USAGE =
      """
      usage: mediacore run [OPTION]...
      Starts the platform, prints one line per listening address, then 'ready'.

        --home DIR              conf/, deploy/ and data/ are in it (default ./home)
        --sip ADDR:PORT         where SIP listens (default 127.0.0.1:5060)
        --rtp ADDR:FIRST-LAST   the ports of media (default 127.0.0.1:20000-29999)
        --allow CIDR,...        who may call; an address other than loopback needs it
        --loops N               media loops, 1-256 (default: one per core)
        --realtime              real-time priority for them (Linux; root, or ulimit -r)
        --awake                 cores that do not sleep (Linux, root; costs power)
        --help                  this text

      Ctrl-C hangs up, then stops; the exit code is then 0. An option wins over the same value in
      DIR/conf. Exit codes: 0 stopped as asked, 1 could not start, 2 wrong command line.
      MEDIACORE_JAVA_OPTS adds options of the Java virtual machine.
      """;

  static final String SIP = "org.mediacore.signaling.sip";
  static final String RUNTIME = "org.mediacore.runtime";
  private static final int MAX_LOOPS = 256;

  Options {
    overrides = Map.copyOf(overrides);
  }

  /**
   * Reads a command line. An option's value is the next argument or follows {@code =}.
   *
   * @throws UsageException for an unknown option or a value that is not allowed
   */
  static Options parse(List<String> arguments) throws UsageException {
    Path home = Path.of("home");
    boolean realTime = false;
    boolean awake = false;
    Map<String, String> overrides = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String name = equals < 0 ? argument : argument.substring(0, equals);
      switch (name) {
        case "--help", "-h" -> {
          return new Options(absolute(home), Map.of(), false, false, true);
        }
        case "--realtime", "--awake" -> {
          if (equals >= 0) {
            throw new UsageException(name + " has no value");
          }
          realTime |= name.equals("--realtime");
          awake |= name.equals("--awake");
        }
        case "--home", "--sip", "--rtp", "--allow", "--loops" -> {
          if (equals < 0 && i + 1 == arguments.size()) {
            throw new UsageException(name + " needs a value");
          }
          String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
          if (name.equals("--home")) {
            home = home(value);
          } else {
            override(name, value, overrides);
          }
        }
        default -> throw new UsageException("unknown option '" + argument + "'");
      }
    }
    Options options = new Options(absolute(home), overrides, realTime, awake, false);
    options.requireAllow();
    return options;
  }

  /** Who listens where others can reach it says who may call: here, or in its file. */
  private void requireAllow() throws UsageException {
    String sip = overrides.getOrDefault(SIP + "/listen", "");
    if (sip.isEmpty() || Addresses.isLoopback(sip) || overrides.containsKey(SIP + "/allow")) {
      return;
    }
    Path file = home.resolve("conf/" + SIP + ".cfg");
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      // then it says nothing
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(file + " cannot be read: " + e.getMessage());
    }
    if (properties.getProperty("allow", "").isBlank()) {
      throw new UsageException(
          "--sip '"
              + sip
              + "': others than this machine can reach it, so --allow must say who may"
              + " call");
    }
  }

  private static void override(String name, String value, Map<String, String> overrides)
      throws UsageException {
    switch (name) {
      case "--sip" -> {
        Addresses.requireAddressPort(name, value);
        overrides.put(SIP + "/listen", value);
      }
      case "--rtp" -> {
        Addresses.requireAddressRange(name, value);
        overrides.put(RUNTIME + "/rtp", value);
      }
      case "--allow" -> {
        Addresses.requireNetworks(name, value);
        overrides.put(SIP + "/allow", value);
      }
      default -> {
        requireLoops(value);
        overrides.put(RUNTIME + "/loops", value);
      }
    }
  }

  private static void requireLoops(String value) throws UsageException {
    if (!value.matches("[0-9]{1,3}")
        || Integer.parseInt(value) < 1
        || Integer.parseInt(value) > MAX_LOOPS) {
      throw new UsageException("--loops '" + value + "': a number from 1 to " + MAX_LOOPS);
    }
  }

  private static Path home(String value) throws UsageException {
    if (value.isEmpty()) {
      throw new UsageException("--home '': a directory");
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new UsageException("--home '" + value + "': " + e.getReason());
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
