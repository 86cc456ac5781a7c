package org.mediacore.sdp.negotiation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mediacore.sdp.Direction;
import org.mediacore.sdp.Group;
import org.mediacore.sdp.MediaDescription;
import org.mediacore.sdp.Origin;
import org.mediacore.sdp.RtcpAttribute;
import org.mediacore.sdp.RtpFormat;
import org.mediacore.sdp.SdpLine;
import org.mediacore.sdp.SessionDescription;

/** Making an answer, and the version of what this side sends (RFC 3264 §6, §8). Pure functions. */
public final class OfferAnswer {
  private static final String BUNDLE = "BUNDLE";

  private OfferAnswer() {}

  /**
   * Answers an offer: the same media descriptions in the same order, each with the offered media
   * type, protocol and mid; refused ones with port 0 and one offered format. Directions are what
   * both sides allow; rtcp-mux is answered only if offered; t= is copied.
   *
   * <p>A stream offered with port 0 is answered with port 0 whatever the plan says (RFC 3264 §6),
   * unless it is bundle-only and the plan accepts BUNDLE (RFC 9143 §7.3). Groups name only accepted
   * members, and a group left with none is dropped.
   *
   * @throws IllegalArgumentException when the plan has another number of media than the offer, or
   *     accepts a stream with none of its offered encodings
   */
  public static SessionDescription answer(SessionDescription offer, AnswerPlan plan) {
    if (plan.media().size() != offer.media().size()) {
      throw new IllegalArgumentException(
          "the offer has "
              + offer.media().size()
              + " media descriptions, the plan "
              + plan.media().size());
    }
    List<MediaDescription> media = new ArrayList<>();
    Set<String> acceptedMids = new HashSet<>();
    for (int i = 0; i < offer.media().size(); i++) {
      MediaDescription offered = offer.media().get(i);
      boolean bundleOnly = offered.hasAttribute("bundle-only") && plan.groups().contains(BUNDLE);
      if (plan.media().get(i) instanceof MediaAnswer.Accept accept
          && (!offered.isRefused() || bundleOnly)) {
        requireOfferedEncoding(i, offered, accept);
        media.add(accepted(offered, accept));
        offered.mid().ifPresent(acceptedMids::add);
      } else {
        media.add(refused(offered));
      }
    }
    SessionDescription.Builder builder =
        SessionDescription.builder().origin(plan.origin()).connection(plan.connection());
    copyTimes(offer, builder);
    addGroups(offer, plan, acceptedMids, builder);
    plan.attributes().forEach(builder::addLine);
    SessionDescription answer = builder.media(media).build();
    return plan.previous().map(previous -> withVersion(previous, answer)).orElse(answer);
  }

  /**
   * Gives a new description of the same side the right origin: that of the previous one if nothing
   * else differs, else the same with the version raised by one (RFC 3264 §8).
   */
  public static SessionDescription withVersion(
      SessionDescription previous, SessionDescription next) {
    Origin origin = previous.origin();
    SessionDescription same = next.withOrigin(origin);
    return same.equals(previous) ? previous : next.withOrigin(origin.nextVersion());
  }

  /** The refusal of a stream: port 0, its first format, its mid (RFC 3264 §6, §8.2). */
  static MediaDescription refused(MediaDescription offered) {
    MediaDescription.Builder builder =
        MediaDescription.builder(offered.type(), 0, offered.protocol())
            .addFormat(offered.formats().get(0));
    offered.mid().ifPresent(builder::mid);
    return builder.build();
  }

  private static MediaDescription accepted(MediaDescription offered, MediaAnswer.Accept accept) {
    MediaDescription.Builder builder =
        MediaDescription.builder(offered.type(), accept.port(), offered.protocol())
            .rtpFormats(accept.formats());
    accept.connection().ifPresent(builder::connection);
    accept.ptimeMs().ifPresent(builder::ptimeMs);
    accept.maxPtimeMs().ifPresent(builder::maxPtimeMs);
    builder.direction(answerDirection(offered, accept.direction()));
    boolean mux = accept.rtcpMux() && offered.rtcpMux();
    builder.rtcpMux(mux);
    accept
        .rtcpPort()
        .ifPresent(
            rtcpPort -> {
              if (!mux && rtcpPort != accept.port() + 1) {
                builder.rtcp(new RtcpAttribute(rtcpPort));
              }
            });
    offered.mid().ifPresent(builder::mid);
    accept.attributes().forEach(builder::addLine);
    return builder.build();
  }

  /**
   * What may be answered to an offered stream (RFC 3264 §6.1): the offer seen from this side, cut
   * down to what this side is willing to do. An offer on hold in the old style (c=0.0.0.0) is
   * treated as one that does not receive.
   */
  public static Direction answerDirection(MediaDescription offered, Direction willing) {
    return offered.effectiveDirection().reversed().intersect(willing);
  }

  private static void requireOfferedEncoding(
      int index, MediaDescription offered, MediaAnswer.Accept accept) {
    List<RtpFormat> formats = offered.rtpFormats();
    boolean common =
        accept.formats().stream()
            .anyMatch(a -> formats.stream().anyMatch(o -> o.encoding().equals(a.encoding())));
    if (!common) {
      throw new IllegalArgumentException(
          "media " + index + ": none of the accepted encodings was offered");
    }
  }

  private static void copyTimes(SessionDescription offer, SessionDescription.Builder builder) {
    List<SdpLine> times =
        offer.sessionLines().stream().filter(l -> l.type() == 't' || l.type() == 'r').toList();
    if (times.stream().anyMatch(line -> line.type() == 't')) {
      builder.times(times);
    }
  }

  private static void addGroups(
      SessionDescription offer,
      AnswerPlan plan,
      Set<String> acceptedMids,
      SessionDescription.Builder builder) {
    for (Group group : offer.groups()) {
      List<String> mids = group.mids().stream().filter(acceptedMids::contains).toList();
      if (plan.groups().contains(group.semantics()) && !mids.isEmpty()) {
        builder.addGroup(new Group(group.semantics(), mids));
      }
    }
  }
}
