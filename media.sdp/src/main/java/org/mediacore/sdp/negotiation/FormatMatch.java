package org.mediacore.sdp.negotiation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mediacore.sdp.MediaDescription;
import org.mediacore.sdp.RtpEncoding;
import org.mediacore.sdp.RtpFormat;

/**
 * An offered format this side has an encoding for. Whether the parameters fit is the codec's
 * affair.
 *
 * @param offered as the peer wrote it; answering with its number keeps one number for both sides
 * @param supportedIndex position of the encoding in the list of supported ones
 */
public record FormatMatch(RtpFormat offered, int supportedIndex) {

  /** Whose order of formats counts. */
  public enum Preference {
    /** The offer's order, as RFC 3264 §6.1 recommends. */
    OFFERER,
    /** The order of the supported list; among equals the offer's. */
    ANSWERER
  }

  /**
   * The offered formats that are supported. An encoding offered several times, with different
   * parameters, is there several times.
   *
   * @param offered the offered stream
   * @param supported this side's encodings, best first
   * @param preference whose order the result has
   */
  public static List<FormatMatch> of(
      MediaDescription offered, List<RtpEncoding> supported, Preference preference) {
    List<FormatMatch> out = new ArrayList<>();
    for (RtpFormat format : offered.rtpFormats()) {
      int index = supported.indexOf(format.encoding());
      if (index >= 0) {
        out.add(new FormatMatch(format, index));
      }
    }
    if (preference == Preference.ANSWERER) {
      out.sort(Comparator.comparingInt(FormatMatch::supportedIndex));
    }
    return List.copyOf(out);
  }
}
