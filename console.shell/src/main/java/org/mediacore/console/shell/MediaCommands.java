package org.mediacore.console.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.SessionReport;
import org.mediacore.api.swap.BundleChangeException;
import org.mediacore.api.swap.SwapHistory;
import org.osgi.framework.BundleContext;

/**
 * The commands of scope {@code media}. Gogo calls them by their names, and shows what they return
 * or the message of what they throw.
 */
public final class MediaCommands {
  /** The names that are commands. */
  static final String[] FUNCTIONS = {
    "codecs", "processors", "sessions", "stats", "explain", "swap", "swaps", "bundles", "loops"
  };

  private final BundleContext context;
  private final Supplier<Optional<MediaManager>> manager;
  private final Supplier<Optional<SwapHistory>> swaps;
  private final SwapCommand swap;

  MediaCommands(
      BundleContext context,
      Supplier<Optional<MediaManager>> manager,
      Supplier<Optional<SwapHistory>> swaps,
      SwapCommand swap) {
    this.context = context;
    this.manager = manager;
    this.swaps = swaps;
    this.swap = swap;
  }

  /** The codecs that calls can use now. */
  @Descriptor("the codecs that calls can use now, by preference")
  public String codecs() {
    return Reports.codecs(manager().codecs());
  }

  /** The processors that calls can use now. */
  @Descriptor("the processors that are there; processing= in the configuration chooses")
  public String processors() {
    return Reports.processors(manager().processors());
  }

  /** How the media loops are doing. */
  @Descriptor("how late the ticks of the media loops were in the last 10 to 20 seconds")
  public String loops() {
    return Reports.loops(manager().loops());
  }

  /** The sessions that are open. */
  @Descriptor("the sessions that are open")
  public String sessions() {
    return Reports.sessions(manager().sessions().stream().map(MediaSession::report).toList());
  }

  /** What a session has counted and measured. */
  @Descriptor("what a session has counted and measured")
  public String stats(
      @Descriptor("the session's ID, or how it begins if no other begins so") String id) {
    return Reports.stats(session(id));
  }

  /** Which stages a session's media passes, and why. */
  @Descriptor("which stages a session's media passes, and why")
  public String explain(
      @Descriptor("the session's ID, or how it begins if no other begins so") String id) {
    return Reports.explain(session(id));
  }

  /** Replaces a bundle by another version of it. */
  @Descriptor("replaces a bundle by another version of it; media:swap --help")
  public String swap(
      CommandSession session,
      @Descriptor("NAME VERSION [--canary PERCENT%], --undo, --list or --help") String... arguments)
      throws BundleChangeException, InterruptedException {
    return swap.run(List.of(arguments), session.getConsole());
  }

  /** What was replaced under running calls, and what was refused. */
  @Descriptor("what was replaced under running calls, the latest last, and what was refused")
  public String swaps(
      @Descriptor("how many of the latest receipts are shown; 0, the default, for all")
          @Parameter(
              names = {"-n", "--last"},
              absentValue = "0")
          int last) {
    SwapHistory history = swaps.get().orElseThrow(MediaCommands::notRunning);
    return Reports.swaps(history.receipts(), last, history.quarantined());
  }

  /** The bundles of the container. */
  @Descriptor("the bundles of the container")
  public String bundles() {
    return BundleList.of(context.getBundles());
  }

  private MediaManager manager() {
    return manager.get().orElseThrow(MediaCommands::notRunning);
  }

  private static IllegalStateException notRunning() {
    return new IllegalStateException("the media runtime is not running: media:bundles");
  }

  private SessionReport session(String id) {
    List<MediaSession> open = manager().sessions();
    for (MediaSession session : open) {
      if (session.id().equals(id)) {
        return session.report();
      }
    }
    List<MediaSession> matching =
        open.stream().filter(session -> session.id().startsWith(id)).toList();
    if (matching.isEmpty()) {
      throw new IllegalArgumentException("no session '" + id + "': media:sessions lists them");
    }
    if (matching.size() > 1) {
      throw new IllegalArgumentException(
          "'"
              + id
              + "' fits several: "
              + String.join(", ", matching.stream().map(MediaSession::id).toList()));
    }
    return matching.get(0).report();
  }
}
