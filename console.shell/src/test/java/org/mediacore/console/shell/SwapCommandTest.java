package org.mediacore.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.mediacore.api.swap.BundleChange;
import org.mediacore.api.swap.BundleChangeException;
import org.mediacore.api.swap.BundleStore;
import org.mediacore.api.swap.BundleVersion;
import org.mediacore.api.swap.CanarySwaps;
import org.mediacore.api.swap.CanaryVerdict;
import org.mediacore.api.swap.SwapTrial;

class SwapCommandTest {
  private static final String OPUS = "org.mediacore.codec.opus";

  private final List<String> calls = new ArrayList<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(said, false, StandardCharsets.UTF_8);
  private CompletableFuture<CanaryVerdict> verdict = new CompletableFuture<>();

  private final SwapCommand command =
      new SwapCommand(() -> Optional.of(new FakeStore()), () -> Optional.of(new FakeCanaries()), 1);

  private String run(String... arguments) throws Exception {
    return command.run(List.of(arguments), out);
  }

  private String wrong(String... arguments) {
    return assertThrows(IllegalArgumentException.class, () -> run(arguments)).getMessage();
  }

  @Test
  void swapSaysWhatIsDeployedAndWhatRetired() throws Exception {
    assertEquals(
        "codec.opus: 1.1.0 deployed, 1.0.0 retired; media:swaps lists what moved",
        run("codec.opus", "1.1.0"));
    assertEquals(List.of("swap codec.opus 1.1.0"), calls);
  }

  @Test
  void undoSaysWhatItDid() throws Exception {
    assertEquals(
        "undone: codec.opus: 1.0.0 deployed, 1.1.0 retired; media:swaps lists what moved",
        run("--undo"));
  }

  @Test
  void listMarksTheBaseAndPutsItLast() throws Exception {
    String expected =
        """
        NAME         VERSION  STATE                              ARCHIVED
        codec.opus   1.0.0    running                            yes
        codec.opus   1.1.0    not deployed                       yes
        codec.z      1.0.0    deployed, does not run: no org.lib  no
        media.api    1.0.0    base: restart                      no\
        """;
    assertEquals(collapse(expected), collapse(run()));
    assertEquals(run("--list"), run());
  }

  private static String collapse(String table) {
    return table.replaceAll(" +", " ");
  }

  @Test
  void canaryStartsBeforeTheJarIsDeployedAndDecides() throws Exception {
    verdict.complete(new CanaryVerdict(true, 3, 1_200, List.of("errors: 0 of at most 0, kept")));
    assertEquals(
        "codec.opus: 1.1.0 deployed, 1.0.0 retired; media:swaps lists what moved",
        run("codec.opus", "1.1.0", "--canary", "5%"));
    assertEquals(
        List.of("swap codec.opus 1.1.0", "canary " + OPUS + " 1.1.0 5", "deployed"), calls);
    assertEquals(
        """
        org.mediacore.codec.opus 1.1.0 is tried on 5% of the sessions
        3 sessions, 1200 frames compared with the other
          errors: 0 of at most 0, kept
        promoted
        """,
        said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void canaryThatLosesIsRolledBack() throws Exception {
    verdict.complete(new CanaryVerdict(false, 3, 1_200, List.of("level: 4 dB of at most 1")));
    assertEquals(
        "codec.opus: home/deploy has 1.0.0 as before",
        run("--canary", "100", "codec.opus", "1.1.0"));
    assertTrue(said.toString(StandardCharsets.UTF_8).endsWith("rolled back\n"));
  }

  @Test
  void canaryIsBrokenOffWhenNobodyReadsItsProgress() {
    PrintStream broken =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("closed");
              }
            });
    assertThrows(
        InterruptedException.class,
        () -> command.run(List.of("codec.opus", "1.1.0", "--canary", "5%"), broken));
    assertTrue(verdict.isCancelled());
  }

  @Test
  void progressIsToldUntilTheVerdict() throws Exception {
    PrintStream completes =
        new PrintStream(said, true, StandardCharsets.UTF_8) {
          private int lines;

          @Override
          public void println(String line) {
            super.println(line);
            if (++lines == 3) {
              verdict.complete(new CanaryVerdict(true, 1, 1, List.of()));
            }
          }
        };
    command.run(List.of("codec.opus", "1.1.0", "--canary", "5%"), completes);
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("s, no verdict yet"));
  }

  @Test
  void canaryThatCannotBeHadDeploysNothing() {
    String message =
        assertThrows(
                BundleChangeException.class, () -> run("codec.opus", "1.1.0", "--canary", "101%"))
            .getMessage();
    assertEquals("101 is no percentage", message);
    assertFalse(calls.contains("deployed"), calls::toString);
  }

  @Test
  void percentageOnALineIsNoExpression() {
    assertEquals(
        "media:swap a 1.1 --canary '5%'", GogoInterpreter.quoted("media:swap a 1.1 --canary 5%"));
    assertEquals("x '5%' y", GogoInterpreter.quoted("x 5% y"));
    assertEquals("%(10 % 3) '5%' 5%3", GogoInterpreter.quoted("%(10 % 3) '5%' 5%3"));
  }

  @Test
  void wrongArgumentsAreSaid() {
    String hint = "; media:swap --help shows how it is used";
    assertEquals("too few or too many arguments" + hint, wrong("codec.opus"));
    assertEquals("too few or too many arguments" + hint, wrong("--undo", "codec.opus"));
    assertEquals("unknown option '--canray'" + hint, wrong("codec.opus", "1", "--canray"));
    assertEquals("not a share: '', 5% is one" + hint, wrong("codec.opus", "1", "--canary"));
    assertEquals("not a share: 'x', 5% is one" + hint, wrong("a", "1", "--canary", "x"));
    assertEquals("--undo and --list at once" + hint, wrong("--undo", "--list"));
    assertEquals(List.of(), calls);
  }

  @Test
  void withoutTheDeployerItSaysSo() throws Exception {
    SwapCommand alone = new SwapCommand(Optional::empty, Optional::empty);
    assertThrows(IllegalStateException.class, () -> alone.run(List.of(), out));
    assertEquals(SwapCommand.USAGE, alone.run(List.of("--help"), out));
  }

  private final class FakeStore implements BundleStore {
    @Override
    public List<BundleVersion> versions() {
      return List.of(
          new BundleVersion("org.mediacore.media.api", "1.0.0", true, true, false, false, ""),
          new BundleVersion(OPUS, "1.0.0", false, true, true, true, ""),
          new BundleVersion(OPUS, "1.1.0", false, false, false, true, ""),
          new BundleVersion("codec.z", "1.0.0", false, false, true, false, "no org.lib"));
    }

    @Override
    public BundleChange deploy(String bundle, String version) {
      throw new AssertionError("not asked for");
    }

    @Override
    public BundleChange retire(String bundle, String version) {
      throw new AssertionError("not asked for");
    }

    @Override
    public BundleChange swap(String bundle, String version, SwapTrial trial)
        throws BundleChangeException, InterruptedException {
      calls.add("swap " + bundle + " " + version);
      trial.begin(OPUS, version);
      if (trial != SwapTrial.NONE) {
        calls.add("deployed");
      }
      return new BundleChange(
          OPUS, List.of("1.0.0"), List.of(trial.passed() ? version : "1.0.0"), 0);
    }

    @Override
    public BundleChange undo() {
      return new BundleChange(OPUS, List.of("1.1.0"), List.of("1.0.0"), 0);
    }
  }

  private final class FakeCanaries implements CanarySwaps {
    @Override
    public CompletableFuture<CanaryVerdict> canary(String bundle, String version, int percent) {
      if (percent > 100) {
        throw new IllegalArgumentException(percent + " is no percentage");
      }
      calls.add("canary " + bundle + " " + version + " " + percent);
      return verdict;
    }
  }
}
