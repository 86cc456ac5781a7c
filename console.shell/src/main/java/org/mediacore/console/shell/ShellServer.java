package org.mediacore.console.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections to the shell, each with a thread of its own, up to a limit. */
final class ShellServer implements AutoCloseable {
  static final int MAX_CONNECTIONS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(ShellServer.class);
  private static final String FULL =
      "the shell has " + MAX_CONNECTIONS + " connections already\n\0" + "1\n";

  private final Path file;
  private final ServerSocketChannel server;
  private final Interpreter.Factory interpreters;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

  private ShellServer(Path file, ServerSocketChannel server, Interpreter.Factory interpreters) {
    this.file = file;
    this.server = server;
    this.interpreters = interpreters;
  }

  /**
   * Binds the socket and starts to accept.
   *
   * @throws IOException when the socket cannot be bound; the message says why
   */
  static ShellServer start(Path file, Interpreter.Factory interpreters) throws IOException {
    ShellServer shell = new ShellServer(file, SocketFile.bind(file), interpreters);
    shell.thread("shell-accept", shell::accept);
    return shell;
  }

  private void thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel connection = server.accept();
        if (connections.size() >= MAX_CONNECTIONS) {
          connection.write(ByteBuffer.wrap(FULL.getBytes(StandardCharsets.UTF_8)));
          connection.close();
        } else {
          connections.add(connection);
          thread("shell-session", () -> serve(connection));
        }
      } catch (IOException e) {
        if (server.isOpen()) {
          LOG.warn("a connection to the shell was not taken: {}", e.toString());
        }
      }
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

  /** Ends every connection and removes the socket. */
  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel connection : connections) {
      connection.close();
    }
    Files.deleteIfExists(file);
  }
}
