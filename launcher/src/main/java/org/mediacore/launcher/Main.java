package org.mediacore.launcher;

import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code mediacore run}: starts the container with the distribution that this program is part of.
 */
public final class Main {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Main() {}

  /** Starts the platform and waits until it is stopped. Ends the virtual machine. */
  public static void main(String[] arguments) {
    int code;
    try {
      Options options = Options.parse(List.of(arguments));
      if (options.help()) {
        System.out.print(Options.USAGE);
        return;
      }
      code = new Platform(distribution(), options, System.out).run();
    } catch (UsageException e) {
      code = fail(System.err, e.getMessage() + " (--help shows the options)", USAGE);
    } catch (StartException e) {
      code = fail(System.err, e.getMessage(), FAILED);
    }
    System.exit(code);
  }

  private static int fail(PrintStream err, String message, int code) {
    err.println("mediacore: " + message);
    return code;
  }

  /** The directory that holds lib/, and beside it bundles/, deploy/ and conf/. */
  private static Path distribution() throws StartException {
    try {
      Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.toAbsolutePath().getParent().getParent();
    } catch (URISyntaxException e) {
      throw new StartException("cannot tell where the distribution is", e);
    }
  }
}
