package org.mediacore.console.shell;

import java.io.PrintStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mediacore.api.swap.BundleChangeException;
import org.mediacore.api.swap.CanarySwaps;
import org.mediacore.api.swap.CanaryVerdict;
import org.mediacore.api.swap.SwapTrial;

/**
 * Tries a version on a share of the sessions. Waits on the thread of the command, says now and then
 * that it does, and breaks the trial off where nobody is there to read it any more. Used once.
 */
final class CanaryTrial implements SwapTrial, AutoCloseable {
  private final CanarySwaps canaries;
  private final int percent;
  private final PrintStream out;
  private final long progressMs;
  private CompletableFuture<CanaryVerdict> verdict = new CompletableFuture<>();

  /**
   * @param out the connection's output
   * @param progressMs how often something is said
   */
  CanaryTrial(CanarySwaps canaries, int percent, PrintStream out, long progressMs) {
    this.canaries = canaries;
    this.percent = percent;
    this.out = out;
    this.progressMs = progressMs;
  }

  @Override
  public void begin(String bundle, String version) throws BundleChangeException {
    try {
      verdict = canaries.canary(bundle, version, percent);
      say(bundle + " " + version + " is tried on " + percent + "% of the sessions");
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new BundleChangeException(e.getMessage(), e);
    }
  }

  @Override
  public boolean passed() throws InterruptedException {
    long waitedMs = 0;
    while (true) {
      try {
        return tell(verdict.get(progressMs, TimeUnit.MILLISECONDS));
      } catch (TimeoutException notYet) {
        waitedMs += progressMs;
        say("  " + waitedMs / 1000 + " s, no verdict yet");
      } catch (CancellationException e) {
        throw new InterruptedException("the trial was broken off");
      } catch (ExecutionException e) {
        say("the trial failed: " + e.getCause());
        return false;
      }
    }
  }

  private boolean tell(CanaryVerdict reached) {
    out.println(
        reached.sessions() + " sessions, " + reached.frames() + " frames compared with the other");
    reached.findings().forEach(line -> out.println("  " + line));
    out.println(reached.promoted() ? "promoted" : "rolled back");
    out.flush();
    return reached.promoted();
  }

  /** Who has gone cannot read: the connection reports that when it is written to. */
  private void say(String line) {
    out.println(line);
    if (out.checkError()) {
      verdict.cancel(true);
    }
  }

  /** Lets the sessions move back where there is no verdict. */
  @Override
  public void close() {
    verdict.cancel(true);
  }
}
