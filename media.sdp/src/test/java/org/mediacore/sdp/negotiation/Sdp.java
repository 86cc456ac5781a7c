package org.mediacore.sdp.negotiation;

import java.util.List;
import org.mediacore.sdp.Connection;
import org.mediacore.sdp.Origin;
import org.mediacore.sdp.RtpEncoding;
import org.mediacore.sdp.RtpFormat;
import org.mediacore.sdp.SdpParseException;
import org.mediacore.sdp.SessionDescription;

/** Short ways to write what the tests of this package need. */
final class Sdp {
  static final Origin OUR_ORIGIN = Origin.of(77, 1, "192.0.2.2");
  static final Connection OUR_ADDRESS = Connection.of("192.0.2.2");
  static final RtpFormat PCMU = format(0, "PCMU/8000");
  static final RtpFormat PCMA = format(8, "PCMA/8000");

  private Sdp() {}

  /** A session of one peer; media lines are separated by semicolons. */
  static SessionDescription session(String lines) {
    String head = "v=0\no=peer 1 1 IN IP4 192.0.2.1\ns= \nc=IN IP4 192.0.2.1\nt=0 0\n";
    return parse(head + lines.replace(';', '\n'));
  }

  static SessionDescription parse(String text) {
    try {
      return SessionDescription.parse(text);
    } catch (SdpParseException e) {
      throw new AssertionError(e);
    }
  }

  static RtpFormat format(int payloadType, String encoding) {
    return new RtpFormat(payloadType, encoding(encoding));
  }

  static RtpEncoding encoding(String encoding) {
    return RtpEncoding.parse(encoding).orElseThrow();
  }

  static AnswerPlan plan(MediaAnswer... media) {
    return AnswerPlan.of(OUR_ORIGIN, OUR_ADDRESS, List.of(media));
  }
}
