package org.mediacore.console.shell;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mediacore.api.swap.BundleChange;
import org.mediacore.api.swap.BundleChangeException;
import org.mediacore.api.swap.BundleStore;
import org.mediacore.api.swap.BundleVersion;
import org.mediacore.api.swap.CanarySwaps;
import org.mediacore.api.swap.SwapTrial;

/** {@code media:swap}: bundles and their versions, and the change from one to another. */
final class SwapCommand {
  static final String USAGE =
      """
      usage: media:swap                                   the bundles, their versions, what runs
             media:swap NAME VERSION                      deploys that version, retires the others
             media:swap NAME VERSION --canary PERCENT%    first on a share of the sessions
             media:swap --undo                            takes the last change back
      NAME with or without org.mediacore., VERSION as the list has it. A jar that is put into
      home/data/bundles can be swapped to. Calls that use the bundle move to the new version;
      media:swaps lists what moved. The base (media.api, media.sdp, media.runtime, signaling.sip,
      the container) is not swapped but replaced by a restart: docs/live-swap.md.
      --canary: until the verdict only that share uses the new version, beside the old one, which
      it is compared with. It is promoted or taken out again, and the findings say why. Ctrl-C
      breaks the trial off.\
      """;

  private static final String CANARY = "--canary";
  private static final String LIST = "--list";
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})%?");
  private static final String HINT = "; media:swap --help shows how it is used";
  private static final String PREFIX = "org.mediacore.";
  private static final long PROGRESS_MS = TimeUnit.SECONDS.toMillis(2);

  private final Supplier<Optional<BundleStore>> store;
  private final Supplier<Optional<CanarySwaps>> canaries;
  private final long progressMs;

  SwapCommand(Supplier<Optional<BundleStore>> store, Supplier<Optional<CanarySwaps>> canaries) {
    this(store, canaries, PROGRESS_MS);
  }

  /**
   * @param progressMs how often a canary tells that it is under way
   */
  SwapCommand(
      Supplier<Optional<BundleStore>> store,
      Supplier<Optional<CanarySwaps>> canaries,
      long progressMs) {
    this.store = store;
    this.canaries = canaries;
    this.progressMs = progressMs;
  }

  /**
   * Executes the command. May block for as long as a canary takes.
   *
   * @param out for what is said before the end
   * @return what is said at the end
   * @throws IllegalArgumentException for arguments that are none
   */
  String run(List<String> arguments, PrintStream out)
      throws BundleChangeException, InterruptedException {
    List<String> names = new ArrayList<>();
    String option = "";
    String share = "";
    for (Iterator<String> each = arguments.iterator(); each.hasNext(); ) {
      String argument = each.next();
      if (!argument.startsWith("-")) {
        names.add(argument);
      } else if (!option.isEmpty()) {
        throw new IllegalArgumentException(option + " and " + argument + " at once" + HINT);
      } else {
        option = argument;
        share = option.equals(CANARY) && each.hasNext() ? each.next() : "";
      }
    }
    return switch (option.isEmpty() && names.isEmpty() ? LIST : option) {
      case "" -> swap(expect(2, names), SwapTrial.NONE);
      case CANARY -> canary(expect(2, names), share, out);
      case "--undo" -> undo(expect(0, names));
      case LIST -> list(expect(0, names));
      case "--help", "-h" -> USAGE;
      default -> throw new IllegalArgumentException("unknown option '" + option + "'" + HINT);
    };
  }

  private static List<String> expect(int count, List<String> names) {
    if (names.size() != count) {
      throw new IllegalArgumentException("too few or too many arguments" + HINT);
    }
    return names;
  }

  private BundleStore store() {
    return store
        .get()
        .orElseThrow(() -> new IllegalStateException("the deployer is not running: media:bundles"));
  }

  private String swap(List<String> names, SwapTrial trial)
      throws BundleChangeException, InterruptedException {
    return describe(store().swap(names.get(0), names.get(1), trial));
  }

  private String undo(List<String> none) throws BundleChangeException {
    return "undone: " + describe(store().undo());
  }

  private String canary(List<String> names, String share, PrintStream out)
      throws BundleChangeException, InterruptedException {
    Matcher percent = PERCENT.matcher(share);
    if (!percent.matches()) {
      throw new IllegalArgumentException("not a share: '" + share + "', 5% is one" + HINT);
    }
    CanarySwaps service =
        canaries
            .get()
            .orElseThrow(
                () -> new IllegalStateException("the media runtime is not running: media:bundles"));
    try (CanaryTrial trial =
        new CanaryTrial(service, Integer.parseInt(percent.group(1)), out, progressMs)) {
      return swap(names, trial);
    }
  }

  private static String describe(BundleChange change) {
    List<String> deployed = new ArrayList<>(change.after());
    deployed.removeAll(change.before());
    List<String> retired = new ArrayList<>(change.before());
    retired.removeAll(change.after());
    String name = shortName(change.bundle());
    if (deployed.isEmpty() && retired.isEmpty()) {
      return name + ": home/deploy has " + String.join(", ", change.after()) + " as before";
    }
    List<String> parts = new ArrayList<>();
    if (!deployed.isEmpty()) {
      parts.add(String.join(", ", deployed) + " deployed");
    }
    if (!retired.isEmpty()) {
      parts.add(String.join(", ", retired) + " retired");
    }
    return name + ": " + String.join(", ", parts) + "; media:swaps lists what moved";
  }

  private static String shortName(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  private String list(List<String> none) {
    Table table = new Table("NAME", "VERSION", "STATE", "ARCHIVED");
    List<BundleVersion> versions = new ArrayList<>(store().versions());
    versions.sort(Comparator.comparing(BundleVersion::base)); // what can be swapped comes first
    for (BundleVersion version : versions) {
      table.row(
          shortName(version.bundle()),
          version.version(),
          state(version),
          version.archived() ? "yes" : "no");
    }
    return table.toString();
  }

  private static String state(BundleVersion version) {
    if (version.base()) {
      return "base: restart";
    }
    if (!version.complaint().isEmpty()) {
      return (version.running() ? "running; " : "deployed, does not run: ") + version.complaint();
    }
    if (version.running()) {
      return "running";
    }
    return version.deployed() ? "deployed, stopped" : "not deployed";
  }
}
