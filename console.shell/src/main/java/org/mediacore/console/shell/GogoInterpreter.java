package org.mediacore.console.shell;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/** Executes lines with Gogo. Commands have no input: the connection's belongs to the next line. */
final class GogoInterpreter implements Interpreter {
  private static final Pattern PERCENTAGE = Pattern.compile("(?<=\\s)(\\d+%)(?=\\s|$)");

  private final CommandSession session;
  private final PrintStream out;

  GogoInterpreter(CommandProcessor processor, PrintStream out) {
    this.out = out;
    this.session = processor.createSession(InputStream.nullInputStream(), out, out);
    session.put("SCOPE", "media:felix:gogo:*");
  }

  @Override
  public void execute(String line) throws Exception {
    Object result = result(line);
    if (result != null) {
      out.println(session.format(result, Converter.INSPECT));
    }
  }

  /** Gogo takes a number with a percent sign for the beginning of an expression. */
  static String quoted(String line) {
    return PERCENTAGE.matcher(line).replaceAll("'$1'");
  }

  private Object result(String line) throws Exception {
    try {
      return session.execute(quoted(line));
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      if (message.startsWith("Cannot coerce ")) {
        throw new IllegalArgumentException("wrong arguments; 'help COMMAND' shows them", e);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
