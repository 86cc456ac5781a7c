package org.mediacore.sdp.negotiation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mediacore.sdp.Connection;
import org.mediacore.sdp.Origin;
import org.mediacore.sdp.SdpLine;
import org.mediacore.sdp.SessionDescription;

/**
 * Everything an answer needs beside the offer.
 *
 * @param origin this side's origin; used as it is for the first answer of a session, otherwise
 *     taken from {@code previous}
 * @param connection session-level address where media is received
 * @param media one decision per offered media description, in its order
 * @param groups semantics of the groups that are accepted, for instance "BUNDLE"; others are
 *     dropped
 * @param attributes further session-level a= lines
 * @param previous the last description this side gave in the session: the version is kept while
 *     nothing changes and raised by one otherwise (RFC 3264 §8)
 */
public record AnswerPlan(
    Origin origin,
    Connection connection,
    List<MediaAnswer> media,
    Set<String> groups,
    List<SdpLine> attributes,
    Optional<SessionDescription> previous) {

  /** Copies the collections; throws IllegalArgumentException for a line that is no attribute. */
  public AnswerPlan {
    media = List.copyOf(media);
    groups = Set.copyOf(groups);
    attributes = List.copyOf(attributes);
    for (SdpLine line : attributes) {
      if (line.type() != 'a') {
        throw new IllegalArgumentException("not an attribute: " + line);
      }
    }
  }

  /** A plan without groups, attributes and previous description. */
  public static AnswerPlan of(Origin origin, Connection connection, List<MediaAnswer> media) {
    return new AnswerPlan(origin, connection, media, Set.of(), List.of(), Optional.empty());
  }

  /** With groups of that semantics accepted. */
  public AnswerPlan withGroup(String semantics) {
    Set<String> more = new HashSet<>(groups);
    more.add(semantics);
    return new AnswerPlan(origin, connection, media, more, attributes, previous);
  }

  /** With one more session-level attribute. */
  public AnswerPlan withAttribute(SdpLine attribute) {
    List<SdpLine> more = new ArrayList<>(attributes);
    more.add(attribute);
    return new AnswerPlan(origin, connection, media, groups, more, previous);
  }

  /** As a later answer in the session in which this side last sent that description. */
  public AnswerPlan withPrevious(SessionDescription newPrevious) {
    return new AnswerPlan(origin, connection, media, groups, attributes, Optional.of(newPrevious));
  }
}
