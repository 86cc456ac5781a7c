package org.mediacore.console.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.SessionReport;
import org.osgi.framework.BundleContext;

/**
 * The commands of scope {@code media}. Gogo calls them by their names, and shows what they return or
 * the message of what they throw.
 */
public final class MediaCommands {
  /** The names that are commands. */
  static final String[] FUNCTIONS = {"codecs", "sessions", "stats", "explain", "bundles", "help"};

  private static final String HELP =
      """
      media:codecs       the codecs that calls can use now, by preference
      media:sessions     the sessions that are open
      media:stats ID     what a session has counted and measured
      media:explain ID   which stages a session's media passes, and why
      media:bundles      the bundles of the container
      media:help         this text
      ID may be the beginning of a session's ID if no other session's begins so.
      The container's own commands (lb, start, stop, grep ...): help""";

  private final BundleContext context;
  private final Supplier<Optional<MediaManager>> manager;

  MediaCommands(BundleContext context, Supplier<Optional<MediaManager>> manager) {
    this.context = context;
    this.manager = manager;
  }

  /** The codecs that calls can use now. */
  public String codecs() {
    return Reports.codecs(manager().codecs());
  }

  /** The sessions that are open. */
  public String sessions() {
    return Reports.sessions(manager().sessions().stream().map(MediaSession::report).toList());
  }

  /** What a session has counted and measured. */
  public String stats(String id) {
    return Reports.stats(session(id));
  }

  /** Which stages a session's media passes, and why. */
  public String explain(String id) {
    return Reports.explain(session(id));
  }

  /** The bundles of the container. */
  public String bundles() {
    return BundleList.of(context.getBundles());
  }

  /** What these commands do. */
  public String help() {
    return HELP;
  }

  private MediaManager manager() {
    return manager
        .get()
        .orElseThrow(
            () -> new IllegalStateException("the media runtime is not running: media:bundles"));
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
          "'" + id + "' fits several: "
              + String.join(", ", matching.stream().map(MediaSession::id).toList()));
    }
    return matching.get(0).report();
  }
}
