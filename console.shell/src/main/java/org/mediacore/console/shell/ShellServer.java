package org.mediacore.console.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections to the shell, each with a thread of its own, up to a limit. While two
 * versions of the bundle run, the one that came last has the socket; see {@link #listenAgain}.
 */
final class ShellServer implements AutoCloseable {
  static final int MAX_CONNECTIONS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(ShellServer.class);
  private static final String FULL =
      "the shell has " + MAX_CONNECTIONS + " connections already\n\0" + "1\n";
  private static final String END =
      "this shell has ended: it is being replaced or removed, or the platform stops; connect again"
          + "\n\0"
          + "1\n";

  private final Path file;
  private final Interpreter.Factory interpreters;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
  private ServerSocketChannel server;
  private Optional<Object> socket = Optional.empty();
  private boolean closed;

  private ShellServer(Path file, Interpreter.Factory interpreters) {
    this.file = file;
    this.interpreters = interpreters;
  }

  /**
   * Binds the socket and starts to accept.
   *
   * @throws IOException when the socket cannot be bound; the message says why
   */
  static ShellServer start(Path file, Interpreter.Factory interpreters) throws IOException {
    ShellServer shell = new ShellServer(file, interpreters);
    shell.listen();
    return shell;
  }

  private synchronized void listen() throws IOException {
    ServerSocketChannel bound = SocketFile.bind(file);
    server = bound;
    socket = SocketFile.identity(file);
    thread("shell-accept", () -> accept(bound));
  }

  /** Takes the socket back where the version that had it last has gone and left none. */
  synchronized void listenAgain() throws IOException {
    if (!closed && !Files.exists(file)) {
      server.close();
      listen();
    }
  }

  private void thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(ServerSocketChannel bound) {
    while (bound.isOpen()) {
      try {
        SocketChannel connection = bound.accept();
        if (connections.size() >= MAX_CONNECTIONS) {
          end(connection, FULL);
        } else {
          connections.add(connection);
          thread("shell-session", () -> serve(connection));
        }
      } catch (IOException e) {
        if (bound.isOpen()) {
          LOG.warn("a connection to the shell was not taken: {}", e.toString());
        }
      }
    }
  }

  /** Closes a connection with an answer, which its client reads whenever it asks next. */
  private static void end(SocketChannel connection, String answer) throws IOException {
    try (connection) {
      connection.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      new ShellSession(connection, interpreters).run();
    } catch (IOException e) {
      LOG.debug("a connection to the shell broke", e);
    } finally {
      connections.remove(connection);
    }
  }

  /** Ends every connection and removes the socket, unless it is another version's by now. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    server.close();
    for (SocketChannel connection : connections) {
      try {
        end(connection, END);
      } catch (IOException e) {
        LOG.debug("a connection to the shell broke", e);
      }
    }
    if (socket.equals(SocketFile.identity(file))) {
      Files.deleteIfExists(file);
    }
  }
}
