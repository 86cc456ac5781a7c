package org.mediacore.console.shell;

import java.io.PrintStream;

/** Executes lines for one connection. Used by one thread. */
interface Interpreter extends AutoCloseable {
  /**
   * Executes a line; what it prints and what it returns goes to the connection's output.
   *
   * @throws Exception when the command fails; its message is for the user
   */
  void execute(String line) throws Exception;

  @Override
  void close();

  /** Makes an interpreter for each connection. */
  interface Factory {
    /**
     * @param out the connection's output
     */
    Interpreter create(PrintStream out);
  }
}
