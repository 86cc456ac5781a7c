package org.mediacore.sdp;

import java.util.Map;

/**
 * One format of an RTP media description: number, encoding and format parameters.
 *
 * @param payloadType 0 to 127
 * @param encoding name, clock rate and channels
 * @param fmtp the raw text of {@code a=fmtp} after the number; empty when there is none
 */
public record RtpFormat(int payloadType, RtpEncoding encoding, String fmtp) {

  /** Checks the number and that the text is one line; throws IllegalArgumentException otherwise. */
  public RtpFormat {
    if (payloadType < 0 || payloadType > 127) {
      throw new IllegalArgumentException("payload type outside 0-127: " + payloadType);
    }
    SdpLine.attribute("fmtp", fmtp);
  }

  /** A format without parameters. */
  public RtpFormat(int payloadType, RtpEncoding encoding) {
    this(payloadType, encoding, "");
  }

  /** The parameters by name, see {@link FormatParameters#parse}. */
  public Map<String, String> parameters() {
    return FormatParameters.parse(fmtp);
  }

  /** The same encoding and parameters under another number. */
  public RtpFormat withPayloadType(int newPayloadType) {
    return new RtpFormat(newPayloadType, encoding, fmtp);
  }

  /** The same number and encoding with other parameters. */
  public RtpFormat withFmtp(String newFmtp) {
    return new RtpFormat(payloadType, encoding, newFmtp);
  }
}
