package org.mediacore.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code mediacore shell}: sends lines to the running platform's shell and prints the answers. The
 * exit code is 0, 1 when a command failed or no platform runs, 2 for a wrong command line.
 */
public final class ShellClient {
  private static final String USAGE =
      """
      usage: mediacore shell [--home DIR] [COMMAND]
      Talks to the platform that runs with this home (default ./home). Without COMMAND it reads
      commands from standard input until its end. 'help' lists the commands; some of them:
        media:codecs, media:sessions, media:stats ID, media:explain ID, media:swaps, media:bundles,
        media:swap --help
      The exit code is 1 when the command failed, 2 for a wrong command line.
      """;

  private final SocketChannel connection;
  private final InputStream answers;
  private final PrintStream out;
  private boolean ended;

  private ShellClient(SocketChannel connection, PrintStream out) {
    this.connection = connection;
    this.answers = Channels.newInputStream(connection);
    this.out = out;
  }

  /** Runs the client and ends the virtual machine. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    Path home = Path.of("home");
    int i = 0;
    for (; i < arguments.size() && arguments.get(i).startsWith("-"); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--help") || argument.equals("-h")) {
        System.out.print(USAGE);
        return 0;
      } else if (argument.startsWith("--home=")) {
        home = Path.of(argument.substring("--home=".length()));
      } else if (argument.equals("--home") && i + 1 < arguments.size()) {
        home = Path.of(arguments.get(++i));
      } else {
        System.err.println(
            "mediacore: unknown option '" + argument + "' (--help shows the options)");
        return 2;
      }
    }
    return talk(home, String.join(" ", arguments.subList(i, arguments.size())));
  }

  private static int talk(Path home, String command) {
    Path socket = home.toAbsolutePath().normalize().resolve("data/shell/shell.sock");
    if (!Files.exists(socket)) {
      System.err.println(
          "mediacore: no platform runs with home "
              + home
              + ", or none that has console.shell in deploy/ (no "
              + socket
              + ")");
      return 1;
    }
    try (SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      connection.connect(UnixDomainSocketAddress.of(socket));
      ShellClient client = new ShellClient(connection, System.out);
      return command.isEmpty() ? client.interact() : client.execute(command);
    } catch (IOException e) {
      System.err.println("mediacore: shell " + socket + ": " + e.getMessage());
      return 1;
    }
  }

  /** Reads commands to the end of the input. Its status is the last command's. */
  private int interact() throws IOException {
    boolean prompt = System.console() != null;
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int status = 0;
    while (true) {
      if (prompt) {
        out.print("mediacore> ");
        out.flush();
      }
      String line = lines.readLine();
      if (line == null || line.strip().equals("exit") || line.strip().equals("quit")) {
        return status;
      }
      status = execute(line);
      if (ended) {
        return status;
      }
    }
  }

  /** Sends one line, prints its answer. */
  private int execute(String line) throws IOException {
    send(line);
    byte[] buffer = new byte[8_192];
    StringBuilder status = null;
    while (true) {
      int length = answers.read(buffer);
      if (length < 0) {
        throw new IOException("the platform closed the connection");
      }
      int end = status == null ? indexOfZero(buffer, length) : 0;
      if (status == null) {
        out.write(buffer, 0, end);
      }
      if (status == null && end < length) {
        status = new StringBuilder();
        end++;
      }
      if (status != null) {
        status.append(new String(buffer, end, length - end, StandardCharsets.US_ASCII));
        if (status.indexOf("\n") >= 0) {
          out.flush();
          return Integer.parseInt(status.toString().strip());
        }
      }
    }
  }

  /** A shell that has ended takes nothing; what it said at its end is then the answer. */
  private void send(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        connection.write(bytes);
      }
    } catch (IOException e) {
      ended = true;
    }
  }

  private static int indexOfZero(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      if (buffer[i] == 0) {
        return i;
      }
    }
    return length;
  }
}
