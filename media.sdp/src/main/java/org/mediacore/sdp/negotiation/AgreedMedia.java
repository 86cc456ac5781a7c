package org.mediacore.sdp.negotiation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mediacore.sdp.Connection;
import org.mediacore.sdp.Direction;
import org.mediacore.sdp.MediaDescription;
import org.mediacore.sdp.RtcpAttribute;
import org.mediacore.sdp.RtpFormat;
import org.mediacore.sdp.SessionDescription;

/**
 * What offer and answer together say about one stream, seen from this side.
 *
 * @param index position of the media description, from 0
 * @param local this side's description
 * @param remote the peer's description
 * @param direction what this side does; INACTIVE for a refused stream
 * @param formats what both named, in the answer's order; empty for a refused stream
 */
public record AgreedMedia(
    int index,
    MediaDescription local,
    MediaDescription remote,
    Direction direction,
    List<AgreedFormat> formats) {

  /** Copies the list. */
  public AgreedMedia {
    formats = List.copyOf(formats);
  }

  /**
   * Reads an exchange. Media descriptions that only one side has are left out; {@link
   * AnswerCheck#problems} names them.
   *
   * @param local this side's description
   * @param remote the peer's description
   * @param localIsOffer whether this side offered
   */
  public static List<AgreedMedia> of(
      SessionDescription local, SessionDescription remote, boolean localIsOffer) {
    List<AgreedMedia> out = new ArrayList<>();
    int count = Math.min(local.media().size(), remote.media().size());
    for (int i = 0; i < count; i++) {
      MediaDescription mine = local.media().get(i);
      MediaDescription theirs = remote.media().get(i);
      if ((localIsOffer ? theirs : mine).isRefused()) {
        out.add(new AgreedMedia(i, mine, theirs, Direction.INACTIVE, List.of()));
        continue;
      }
      Direction direction =
          mine.effectiveDirection().intersect(theirs.effectiveDirection().reversed());
      out.add(new AgreedMedia(i, mine, theirs, direction, formats(mine, theirs, localIsOffer)));
    }
    return List.copyOf(out);
  }

  /** Whether the stream was accepted. A stream on hold is accepted. */
  public boolean isAccepted() {
    return !formats.isEmpty();
  }

  /** Where RTP is to be sent; empty when the peer gave no address at all. */
  public Optional<Connection> remoteConnection() {
    return remote.connection();
  }

  /** Port where RTP is to be sent; 0 for a refused stream. */
  public int remotePort() {
    return remote.port();
  }

  /** Whether RTP and RTCP share a port: both sides said so (RFC 5761 §5.1.1). */
  public boolean rtcpMux() {
    return local.rtcpMux() && remote.rtcpMux();
  }

  /** Port where RTCP is to be sent: shared, or as a=rtcp says, or the next one; 0 if refused. */
  public int remoteRtcpPort() {
    if (rtcpMux() || remote.isRefused()) {
      return remote.port();
    }
    int next = remote.port() == 65_535 ? 0 : remote.port() + 1;
    return remote.rtcp().map(RtcpAttribute::port).orElse(next);
  }

  /** Address where RTCP is to be sent: that of a=rtcp if it has one, else that of RTP. */
  public Optional<Connection> remoteRtcpConnection() {
    Optional<Connection> own = remote.rtcp().flatMap(RtcpAttribute::connection);
    return own.isPresent() && !rtcpMux() ? own : remote.connection();
  }

  /** Packet duration the peer wants to receive, in ms. */
  public OptionalDouble remotePtimeMs() {
    return remote.ptimeMs();
  }

  /** Longest packet duration the peer accepts, in ms. */
  public OptionalDouble remoteMaxPtimeMs() {
    return remote.maxPtimeMs();
  }

  private static List<AgreedFormat> formats(
      MediaDescription mine, MediaDescription theirs, boolean localIsOffer) {
    List<RtpFormat> offered = new ArrayList<>((localIsOffer ? mine : theirs).rtpFormats());
    List<AgreedFormat> out = new ArrayList<>();
    for (RtpFormat answered : (localIsOffer ? theirs : mine).rtpFormats()) {
      Optional<RtpFormat> partner = partner(answered, offered);
      partner.ifPresent(
          offer -> {
            offered.remove(offer);
            out.add(
                localIsOffer
                    ? new AgreedFormat(offer, answered)
                    : new AgreedFormat(answered, offer));
          });
    }
    return out;
  }

  /** The offered format an answered one stands for: same number, else same parameters, else any. */
  private static Optional<RtpFormat> partner(RtpFormat answered, List<RtpFormat> offered) {
    List<RtpFormat> same =
        offered.stream().filter(o -> o.encoding().equals(answered.encoding())).toList();
    return same.stream()
        .filter(o -> o.payloadType() == answered.payloadType())
        .findFirst()
        .or(() -> same.stream().filter(o -> o.fmtp().equals(answered.fmtp())).findFirst())
        .or(() -> same.stream().findFirst());
  }
}
