package org.mediacore.console.shell;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One connection: reads a line, executes it, writes its output, then a zero byte, the exit status
 * in digits and a line feed. Text is UTF-8; no output contains a zero byte, so the end is found.
 */
final class ShellSession {
  static final int MAX_LINE_BYTES = 8_192;

  private final InputStream in;
  private final Framed framed;
  private final PrintStream out;
  private final Interpreter.Factory interpreters;

  ShellSession(SocketChannel connection, Interpreter.Factory interpreters) {
    this(Channels.newInputStream(connection), Channels.newOutputStream(connection), interpreters);
  }

  ShellSession(InputStream in, OutputStream out, Interpreter.Factory interpreters) {
    this.in = new BufferedInputStream(in);
    this.framed = new Framed(out);
    this.out = new PrintStream(framed, false, StandardCharsets.UTF_8);
    this.interpreters = interpreters;
  }

  /** Serves until the other side closes or a line is too long. */
  void run() throws IOException {
    try (Interpreter interpreter = interpreters.create(out)) {
      String line = readLine();
      while (line != null) {
        finish(execute(interpreter, line));
        line = readLine();
      }
    }
  }

  private int execute(Interpreter interpreter, String line) {
    if (line.isBlank()) {
      return 0;
    }
    try {
      interpreter.execute(line);
      return 0;
    } catch (Exception e) { // whatever a command throws is its answer
      String message = e.getMessage();
      out.println("error: " + (message == null ? e.getClass().getSimpleName() : message));
      return 1;
    }
  }

  private void finish(int status) throws IOException {
    out.flush();
    framed.end(status);
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toString(StandardCharsets.UTF_8);
      }
      if (line.size() == MAX_LINE_BYTES) {
        out.println("error: a line has at most " + MAX_LINE_BYTES + " bytes");
        finish(1);
        return null;
      }
      line.write(b);
    }
    return null;
  }

  /** Output without zero bytes, until the one that marks the end of an answer. */
  private static final class Framed extends OutputStream {
    private final OutputStream connection;

    Framed(OutputStream connection) {
      this.connection = connection;
    }

    @Override
    public void write(int b) throws IOException {
      if (b != 0) {
        connection.write(b);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int start = offset;
      for (int i = offset; i <= offset + length; i++) {
        if (i == offset + length || bytes[i] == 0) {
          connection.write(bytes, start, i - start);
          start = i + 1;
        }
      }
    }

    @Override
    public void flush() throws IOException {
      connection.flush();
    }

    void end(int status) throws IOException {
      connection.write(("\0" + status + "\n").getBytes(StandardCharsets.UTF_8));
      connection.flush();
    }
  }
}
