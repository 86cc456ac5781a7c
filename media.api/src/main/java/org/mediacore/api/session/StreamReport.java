package org.mediacore.api.session;

import java.util.List;
import org.mediacore.api.codec.MediaKind;

/**
 * One media stream of a session.
 *
 * @param kind audio or video
 * @param direction the SDP direction as we see it, such as {@code sendrecv}
 * @param codec the rtpmap of the codec in use, empty before negotiation
 * @param localAddress our RTP address
 * @param remoteAddress where packets go, empty while nowhere
 * @param plan the stages that packets pass, each with why it was chosen and what would change it
 * @param statistics counters
 */
public record StreamReport(
    MediaKind kind,
    String direction,
    String codec,
    String localAddress,
    String remoteAddress,
    List<String> plan,
    StreamStatistics statistics) {
  public StreamReport {
    plan = List.copyOf(plan);
  }
}
