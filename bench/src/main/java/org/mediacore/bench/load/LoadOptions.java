package org.mediacore.bench.load;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the generator is to do.
 *
 * @param sip where the platform listens for SIP
 * @param mode how calls are joined
 * @param calls bridges, echo calls, or legs in rooms
 * @param roomSize legs in each room
 * @param codecs leg i uses codec i modulo their number
 * @param seconds how long it is measured
 * @param warmupSeconds how long packets flow before that
 * @param callsPerSecond how fast calls are set up
 * @param sockets local ports that the legs share
 * @param address the local address
 * @param ports no SIP: leg i is at this port + 2i of the SIP address; 0 to call
 * @param pid the platform's process, whose CPU time and memory are reported; 0 for none
 */
public record LoadOptions(
    InetSocketAddress sip,
    Mode mode,
    int calls,
    int roomSize,
    List<MediaCodec> codecs,
    int seconds,
    int warmupSeconds,
    int callsPerSecond,
    int sockets,
    String address,
    int ports,
    long pid) {

  /** How calls are joined. */
  public enum Mode {
    /** Two legs in each bridge. */
    BRIDGE,
    /** Every leg hears itself. */
    ECHO,
    /** Legs are mixed. */
    ROOM
  }

  /** What {@code --help} prints. */
  public static final String HELP =
      """
      Usage: LoadGenerator [options]
        --sip ADDR:PORT        the platform's SIP address (127.0.0.1:5060)
        --mode MODE            bridge, echo or room (bridge)
        --calls N              bridges of two legs, echo calls, or legs in rooms (10)
        --room-size K          legs in each room (3)
        --codec C[,C...]       pcmu, pcma, opus; leg i uses codec i modulo their number (pcmu)
        --seconds S            how long it is measured (10)
        --warmup S             how long packets flow before that (2)
        --rate N               calls set up per second (200)
        --sockets N            local ports that the legs share (2)
        --address ADDR         local address (127.0.0.1)
        --ports FIRST          no SIP: leg i is at port FIRST + 2i of the SIP address
        --pid PID              report CPU time and memory of this process
        --help
      """;

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("--sip", "127.0.0.1:5060"),
          Map.entry("--mode", "bridge"),
          Map.entry("--calls", "10"),
          Map.entry("--room-size", "3"),
          Map.entry("--codec", "pcmu"),
          Map.entry("--seconds", "10"),
          Map.entry("--warmup", "2"),
          Map.entry("--rate", "200"),
          Map.entry("--sockets", "2"),
          Map.entry("--address", "127.0.0.1"),
          Map.entry("--ports", "0"),
          Map.entry("--pid", "0"));

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if an option is unknown or its value is not allowed; the
   *     message says which
   */
  public static LoadOptions parse(String... arguments) {
    Map<String, String> values = new HashMap<>(DEFAULTS);
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i];
      if (!DEFAULTS.containsKey(name)) {
        throw new IllegalArgumentException(name + ": unknown option");
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(name + ": a value is missing");
      }
      values.put(name, arguments[i + 1]);
    }
    return new LoadOptions(
        address(values, "--sip"),
        constant(Mode.class, "--mode", values.get("--mode")),
        number(values, "--calls", 1),
        number(values, "--room-size", 2),
        codecs(values.get("--codec")),
        number(values, "--seconds", 1),
        number(values, "--warmup", 0),
        number(values, "--rate", 1),
        number(values, "--sockets", 1),
        values.get("--address"),
        number(values, "--ports", 0),
        number(values, "--pid", 0));
  }

  /** Returns how many legs there are. */
  int legs() {
    return mode == Mode.BRIDGE ? 2 * calls : calls;
  }

  /** Returns the codec of a leg. */
  MediaCodec codec(int leg) {
    return codecs.get(leg % codecs.size());
  }

  /** Returns whom a leg calls. */
  String user(int leg) {
    return switch (mode) {
      case BRIDGE -> "bridge-load" + leg / 2;
      case ECHO -> "echo";
      case ROOM -> "conf-load" + leg / roomSize;
    };
  }

  /** Returns the leg whose packets should arrive at a leg; -1 where they are mixed. */
  int source(int leg) {
    return switch (mode) {
      case BRIDGE -> leg ^ 1;
      case ECHO -> leg;
      case ROOM -> -1;
    };
  }

  private static List<MediaCodec> codecs(String value) {
    List<MediaCodec> codecs = new ArrayList<>();
    for (String name : value.split(",")) {
      codecs.add(constant(MediaCodec.class, "--codec", name));
    }
    return List.copyOf(codecs);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name, String value) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(value.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name
                        + " "
                        + value
                        + ": allowed are "
                        + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
  }

  private static int number(Map<String, String> values, String name, int least) {
    return number(name, values.get(name), least);
  }

  private static int number(String name, String value, int least) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " " + value + ": not a number", e);
    }
    throw new IllegalArgumentException(name + " " + value + ": at least " + least);
  }

  private static InetSocketAddress address(Map<String, String> values, String name) {
    String value = values.get(name);
    int colon = value.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(name + " " + value + ": wanted ADDR:PORT");
    }
    int port = number(name, value.substring(colon + 1), 1);
    return new InetSocketAddress(value.substring(0, colon), port);
  }
}
