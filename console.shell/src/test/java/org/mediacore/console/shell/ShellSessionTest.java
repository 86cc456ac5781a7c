package org.mediacore.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ShellSessionTest {
  private boolean closed;

  private String talk(String input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ShellSession(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, this::echo)
        .run();
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Prints the line; fails for 'fail'. */
  private Interpreter echo(PrintStream out) {
    return new Interpreter() {
      @Override
      public void execute(String line) {
        if (line.equals("fail")) {
          throw new IllegalArgumentException("no such thing");
        }
        out.print("<" + line + ">");
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }

  @Test
  void eachLineHasOutputAndStatus() throws IOException {
    assertEquals("<öne>\0000\n<two>\0000\n", talk("öne\ntwo\n"));
    assertTrue(closed);
  }

  @Test
  void failureIsTextAndAStatus() throws IOException {
    assertEquals("error: no such thing\n\0001\n<next>\0000\n", talk("fail\nnext\n"));
  }

  @Test
  void blankLineDoesNothing() throws IOException {
    assertEquals("\0000\n", talk("  \n"));
  }

  @Test
  void zeroBytesOfACommandDoNotEndItsAnswer() throws IOException {
    assertEquals("<ab>\0000\n", talk("a\0b\n"));
  }

  @Test
  void lineWithoutAnEndIsNotExecuted() throws IOException {
    assertEquals("", talk("half"));
  }

  @Test
  void longestLineWorksAndALongerOneEndsTheConnection() throws IOException {
    String longest = "x".repeat(ShellSession.MAX_LINE_BYTES);
    assertEquals("<" + longest + ">\0000\n", talk(longest + "\n"));
    String answer = talk(longest + "x\nnext\n");
    assertTrue(answer.endsWith("\0001\n"), answer);
    assertTrue(answer.startsWith("error: a line has at most 8192 bytes"), answer);
  }
}
