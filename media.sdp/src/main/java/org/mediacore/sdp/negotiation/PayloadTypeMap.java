package org.mediacore.sdp.negotiation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.mediacore.sdp.MediaDescription;
import org.mediacore.sdp.RtpEncoding;
import org.mediacore.sdp.RtpFormat;
import org.mediacore.sdp.StaticPayloadTypes;

/**
 * The payload type numbers of one stream in one session, for its life: a number keeps its meaning
 * even when a later offer leaves it out (RFC 3264 §8.3.2). Local numbers are those this side wants
 * to receive, remote numbers those the peer wants to receive; one codec may have different ones.
 *
 * <p>A meaning is the encoding (name, clock, channels) and the key of a {@link FormatIdentity}.
 * Other parameters may change from offer to offer. Not thread-safe: one session, one thread.
 */
public final class PayloadTypeMap {
  private final FormatIdentity identity;
  private final Map<Integer, RtpFormat> local = new TreeMap<>();
  private final Map<Integer, RtpFormat> remote = new TreeMap<>();

  /** A map for formats that their encoding alone identifies. */
  public PayloadTypeMap() {
    this(FormatIdentity.ENCODING_ONLY);
  }

  /** A map for formats that may differ by parameters. */
  public PayloadTypeMap(FormatIdentity identity) {
    this.identity = identity;
  }

  /**
   * The number this side uses to receive a format, allotted at the first call and the same ever
   * after: the fixed one of RFC 3551, else the peer's number for the same format, else a free one
   * of 96-127, then 35-63. 64-95 is never allotted, where RTCP would be mistaken for RTP (RFC 5761
   * §4). Numbers the peer uses for something else are taken only when no other is left.
   *
   * @param encoding name, clock and channels
   * @param fmtp this side's parameters, or ""
   * @return the number; empty when all are taken
   */
  public OptionalInt allocate(RtpEncoding encoding, String fmtp) {
    RtpFormat wanted = new RtpFormat(0, encoding, fmtp);
    OptionalInt number = numberOf(local, wanted);
    if (number.isEmpty()) {
      number = freeNumber(wanted);
    }
    number.ifPresent(n -> local.put(n, wanted.withPayloadType(n)));
    return number;
  }

  /**
   * Adopts a number for this side, as an answerer does with the offer's numbers. Binding the same
   * meaning again is allowed and replaces the parameters.
   *
   * @return empty when bound; else what stands against it, and nothing has changed
   */
  public Optional<PayloadTypeConflict> bindLocal(RtpFormat format) {
    return bind(local, format);
  }

  /**
   * Records a number of the peer. Its breaking the rule is reported and the first meaning stays.
   *
   * @return empty when bound; else the conflict, and nothing has changed
   */
  public Optional<PayloadTypeConflict> bindRemote(RtpFormat format) {
    return bind(remote, format);
  }

  /** Records all formats of a description the peer sent; returns the conflicts, if any. */
  public List<PayloadTypeConflict> bindRemote(MediaDescription description) {
    List<PayloadTypeConflict> out = new ArrayList<>();
    for (RtpFormat format : description.rtpFormats()) {
      bindRemote(format).ifPresent(out::add);
    }
    return List.copyOf(out);
  }

  /** What a number means in packets received here. */
  public Optional<RtpFormat> local(int payloadType) {
    return Optional.ofNullable(local.get(payloadType));
  }

  /** What a number means in packets sent to the peer. */
  public Optional<RtpFormat> remote(int payloadType) {
    return Optional.ofNullable(remote.get(payloadType));
  }

  /** All numbers this side ever bound in the session, ascending. */
  public List<RtpFormat> localFormats() {
    return List.copyOf(local.values());
  }

  /** All numbers the peer ever bound in the session, ascending. */
  public List<RtpFormat> remoteFormats() {
    return List.copyOf(remote.values());
  }

  /** Whether a number may be allotted by this side: 96-127 or 35-63. */
  public static boolean isDynamic(int payloadType) {
    return payloadType >= 96 && payloadType <= 127 || payloadType >= 35 && payloadType <= 63;
  }

  private Optional<PayloadTypeConflict> bind(Map<Integer, RtpFormat> side, RtpFormat format) {
    RtpFormat established = side.get(format.payloadType());
    if (established != null && !same(established, format)) {
      return Optional.of(new PayloadTypeConflict(established, format));
    }
    side.put(format.payloadType(), format);
    return Optional.empty();
  }

  private OptionalInt numberOf(Map<Integer, RtpFormat> side, RtpFormat wanted) {
    return side.values().stream()
        .filter(format -> same(format, wanted))
        .mapToInt(RtpFormat::payloadType)
        .findFirst();
  }

  private OptionalInt freeNumber(RtpFormat wanted) {
    OptionalInt fixed = StaticPayloadTypes.payloadType(wanted.encoding());
    if (fixed.isPresent() && !local.containsKey(fixed.getAsInt())) {
      return fixed;
    }
    OptionalInt peers = numberOf(remote, wanted);
    if (peers.isPresent() && isDynamic(peers.getAsInt()) && !local.containsKey(peers.getAsInt())) {
      return peers;
    }
    OptionalInt clean = firstDynamic(false);
    return clean.isPresent() ? clean : firstDynamic(true);
  }

  private OptionalInt firstDynamic(boolean evenIfPeerUsesIt) {
    for (int i = 0; i < 61; i++) {
      int number = i < 32 ? 96 + i : 35 + i - 32;
      if (!local.containsKey(number) && (evenIfPeerUsesIt || !remote.containsKey(number))) {
        return OptionalInt.of(number);
      }
    }
    return OptionalInt.empty();
  }

  private boolean same(RtpFormat a, RtpFormat b) {
    return a.encoding().equals(b.encoding()) && identity.keyOf(a).equals(identity.keyOf(b));
  }
}
