package org.mediacore.signaling.sip;

import gov.nist.javax.sip.message.SIPMessage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.sip.header.ContentEncodingHeader;
import javax.sip.header.ContentTypeHeader;

/**
 * The body of an INVITE, its 2xx or ACK.
 *
 * @param sdp the description; empty where the message has no body
 * @param refusal why the body cannot be used, absent where it can
 */
record SdpBody(Optional<String> sdp, Optional<Refusal> refusal) {

  static SdpBody of(SIPMessage message) {
    byte[] content = message.getRawContent();
    if (content == null || content.length == 0) {
      return new SdpBody(Optional.empty(), Optional.empty());
    }
    ContentTypeHeader type = (ContentTypeHeader) message.getHeader(ContentTypeHeader.NAME);
    if (type == null) {
      return refused(Refusal.of(400, "Bad Request (a body without Content-Type)"));
    }
    boolean sdp =
        type.getContentType().equalsIgnoreCase("application")
            && type.getContentSubType().equalsIgnoreCase("sdp");
    if (!sdp) {
      return refused(Refusal.of(415, "Unsupported Media Type", "Accept", Responses.SDP));
    }
    ContentEncodingHeader encoding =
        (ContentEncodingHeader) message.getHeader(ContentEncodingHeader.NAME);
    if (encoding != null && !encoding.getEncoding().equalsIgnoreCase("identity")) {
      return refused(Refusal.of(415, "Unsupported Media Type", "Accept-Encoding", "identity"));
    }
    return new SdpBody(Optional.of(new String(content, StandardCharsets.UTF_8)), Optional.empty());
  }

  private static SdpBody refused(Refusal refusal) {
    return new SdpBody(Optional.empty(), Optional.of(refusal));
  }
}
