package org.mediacore.bench.load;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
 * @param opusFile an Ogg Opus file for Opus; empty to have ffmpeg make one
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
    String opusFile,
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
        --opus-file FILE       Ogg Opus file, packets of 20 ms (default: made with ffmpeg)
        --pid PID              report CPU time and memory of this process
        --help
      """;

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if an option is unknown or its value is not allowed; the
   *     message says which
   */
  public static LoadOptions parse(String... arguments) {
    InetSocketAddress sip = new InetSocketAddress("127.0.0.1", 5060);
    Mode mode = Mode.BRIDGE;
    List<MediaCodec> codecs = List.of(MediaCodec.PCMU);
    String address = "127.0.0.1";
    String opusFile = "";
    int[] numbers = {10, 3, 10, 2, 200, 2};
    long pid = 0;
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i];
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(name + ": unknown, or without a value");
      }
      String value = arguments[i + 1];
      switch (name) {
        case "--sip" -> sip = address(name, value);
        case "--mode" -> mode = constant(Mode.class, name, value);
        case "--codec" -> codecs = codecs(value);
        case "--calls" -> numbers[0] = number(name, value, 1);
        case "--room-size" -> numbers[1] = number(name, value, 2);
        case "--seconds" -> numbers[2] = number(name, value, 1);
        case "--warmup" -> numbers[3] = number(name, value, 0);
        case "--rate" -> numbers[4] = number(name, value, 1);
        case "--sockets" -> numbers[5] = number(name, value, 1);
        case "--address" -> address = value;
        case "--opus-file" -> opusFile = value;
        case "--pid" -> pid = number(name, value, 1);
        default -> throw new IllegalArgumentException(name + ": unknown option");
      }
    }
    return new LoadOptions(
        sip, mode, numbers[0], numbers[1], codecs, numbers[2], numbers[3], numbers[4], numbers[5],
        address, opusFile, pid);
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
                    name + " " + value + ": allowed are "
                        + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
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

  private static InetSocketAddress address(String name, String value) {
    int colon = value.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(name + " " + value + ": wanted ADDR:PORT");
    }
    int port = number(name, value.substring(colon + 1), 1);
    return new InetSocketAddress(value.substring(0, colon), port);
  }
}
