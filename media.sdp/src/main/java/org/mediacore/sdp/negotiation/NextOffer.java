package org.mediacore.sdp.negotiation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mediacore.sdp.Group;
import org.mediacore.sdp.MediaDescription;
import org.mediacore.sdp.SessionDescription;

/**
 * A later offer in a session (RFC 3264 §8): never fewer media descriptions, a removed stream keeps
 * its slot with port 0, a new stream takes a free slot before it gets a new one, and the version
 * rises by one exactly when something changed. Not thread-safe.
 */
public final class NextOffer {
  private final SessionDescription current;
  private final List<MediaDescription> media;
  private final Set<Integer> usedSlots = new HashSet<>();

  private NextOffer(SessionDescription current) {
    this.current = current;
    this.media = new ArrayList<>(current.media());
  }

  /**
   * Starts from the state of the session.
   *
   * @param local the last description this side sent, offer or answer, in the last exchange that
   *     was completed
   * @param remote the peer's description of the same exchange: a stream it refused is free
   */
  public static NextOffer after(SessionDescription local, SessionDescription remote) {
    NextOffer next = new NextOffer(local);
    int count = Math.min(local.media().size(), remote.media().size());
    for (int i = 0; i < count; i++) {
      if (remote.media().get(i).isRefused() && !next.media.get(i).isRefused()) {
        next.media.set(i, OfferAnswer.refused(next.media.get(i)));
      }
    }
    return next;
  }

  /** Replaces the stream at an index; throws IndexOutOfBoundsException if there is none. */
  public NextOffer change(int index, MediaDescription description) {
    media.set(index, description);
    usedSlots.add(index);
    return this;
  }

  /** Removes the stream at an index: its slot stays, with port 0 (RFC 3264 §8.2). */
  public NextOffer remove(int index) {
    media.set(index, OfferAnswer.refused(media.get(index)));
    usedSlots.add(index);
    return this;
  }

  /**
   * Adds a stream in the first slot that was free before this offer, else at the end (RFC 3264
   * §8.1).
   *
   * @return its index
   */
  public int add(MediaDescription description) {
    for (int i = 0; i < media.size(); i++) {
      if (media.get(i).isRefused() && usedSlots.add(i)) {
        media.set(i, description);
        return i;
      }
    }
    media.add(description);
    usedSlots.add(media.size() - 1);
    return media.size() - 1;
  }

  /** The offer. Groups no longer name streams that are gone. */
  public SessionDescription build() {
    SessionDescription.Builder builder = current.toBuilder().media(media);
    Set<String> live = new HashSet<>();
    media.stream()
        .filter(m -> !m.isRefused() || m.hasAttribute("bundle-only"))
        .forEach(m -> m.mid().ifPresent(live::add));
    List<Group> groups = current.groups();
    if (groups.stream().anyMatch(group -> !live.containsAll(group.mids()))) {
      builder.removeAttribute("group");
      for (Group group : groups) {
        List<String> mids = group.mids().stream().filter(live::contains).toList();
        if (!mids.isEmpty()) {
          builder.addGroup(new Group(group.semantics(), mids));
        }
      }
    }
    return OfferAnswer.withVersion(current, builder.build());
  }
}
