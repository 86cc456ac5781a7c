package org.mediacore.sdp.negotiation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mediacore.sdp.Direction;
import org.mediacore.sdp.Group;
import org.mediacore.sdp.MediaDescription;
import org.mediacore.sdp.RtpFormat;
import org.mediacore.sdp.SessionDescription;

/**
 * Whether what the peer sent fits what went before. Only faults that leave the media in doubt are
 * named; a peer that forgets to copy t=, say, is not bothered. Pure functions.
 */
public final class AnswerCheck {
  private AnswerCheck() {}

  /**
   * Checks an answer against the offer (RFC 3264 §6, RFC 5761 §5.1.1, RFC 9143 §7.3).
   *
   * @return one sentence per fault, naming the media description by position and type; empty when
   *     the answer is good
   */
  public static List<String> problems(SessionDescription offer, SessionDescription answer) {
    List<String> out = new ArrayList<>();
    int offered = offer.media().size();
    int answered = answer.media().size();
    if (offered != answered) {
      out.add("the answer has " + answered + " media descriptions, the offer " + offered);
    }
    for (int i = 0; i < Math.min(offered, answered); i++) {
      MediaDescription o = offer.media().get(i);
      MediaDescription a = answer.media().get(i);
      String name = "media " + i + " (" + o.type() + "): ";
      checkIdentity(name, o, a, out);
      if (!a.isRefused()) {
        checkAccepted(name, o, a, out);
      }
    }
    checkGroups(offer, answer, out);
    return List.copyOf(out);
  }

  /**
   * Checks a later description of one side against its previous one (RFC 3264 §8).
   *
   * @return one sentence per fault; empty when the new description may follow the previous one
   */
  public static List<String> successorProblems(
      SessionDescription previous, SessionDescription next) {
    List<String> out = new ArrayList<>();
    if (next.media().size() < previous.media().size()) {
      out.add(
          "media descriptions must not become fewer: "
              + previous.media().size()
              + " before, "
              + next.media().size()
              + " now");
    }
    if (next.origin().equals(previous.origin()) && !next.equals(previous)) {
      out.add("the description changed but its version is still " + next.origin().sessionVersion());
    }
    return List.copyOf(out);
  }

  private static void checkIdentity(
      String name, MediaDescription offered, MediaDescription answered, List<String> out) {
    if (!offered.type().equals(answered.type())) {
      out.add(name + "answered as " + answered.type());
    }
    if (!offered.protocol().equals(answered.protocol())) {
      out.add(name + "offered as " + offered.protocol() + ", answered as " + answered.protocol());
    }
    Optional<String> mid = answered.mid();
    if (mid.isPresent() && !mid.equals(offered.mid())) {
      out.add(name + "mid " + mid.get() + " was not offered here");
    }
  }

  private static void checkAccepted(
      String name, MediaDescription offered, MediaDescription answered, List<String> out) {
    if (offered.isRefused() && !offered.hasAttribute("bundle-only")) {
      out.add(name + "accepted although offered with port 0");
    }
    if (offered.isRtp() && !hasCommonFormat(offered, answered)) {
      out.add(name + "none of the answered formats was offered");
    }
    Direction allowed = offered.direction().reversed();
    if (allowed.intersect(answered.direction()) != answered.direction()) {
      out.add(
          name
              + "offered "
              + offered.direction().attributeName()
              + ", answered "
              + answered.direction().attributeName());
    }
    if (answered.rtcpMux() && !offered.rtcpMux()) {
      out.add(name + "rtcp-mux was not offered");
    }
    if (answered.connection().isEmpty()) {
      out.add(name + "no address (c=)");
    }
  }

  private static boolean hasCommonFormat(MediaDescription offered, MediaDescription answered) {
    List<RtpFormat> formats = offered.rtpFormats();
    return answered.rtpFormats().stream()
        .anyMatch(a -> formats.stream().anyMatch(o -> o.encoding().equals(a.encoding())));
  }

  private static void checkGroups(
      SessionDescription offer, SessionDescription answer, List<String> out) {
    Set<String> accepted = new HashSet<>();
    answer.media().stream()
        .filter(m -> !m.isRefused())
        .forEach(m -> m.mid().ifPresent(accepted::add));
    for (Group group : answer.groups()) {
      if (!group.semantics().equals("BUNDLE")) {
        continue;
      }
      boolean offered =
          offer.groups().stream()
              .anyMatch(
                  o ->
                      o.semantics().equals(group.semantics())
                          && new HashSet<>(o.mids()).containsAll(group.mids()));
      if (!offered) {
        out.add("group BUNDLE " + group.mids() + " was not offered");
      } else if (!accepted.containsAll(group.mids())) {
        out.add("group BUNDLE " + group.mids() + " names a stream that is not accepted");
      }
    }
  }
}
