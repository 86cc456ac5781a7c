package org.mediacore.bench.load;

/** The encodings that the generator can send, in packets of 20 ms. */
public enum MediaCodec {
  /** G.711 µ-law, RFC 3551. */
  PCMU(0, "a=rtpmap:0 PCMU/8000", 160),
  /** G.711 A-law, RFC 3551. */
  PCMA(8, "a=rtpmap:8 PCMA/8000", 160),
  /** Opus, RFC 7587. */
  OPUS(96, "a=rtpmap:96 opus/48000/2", 960);

  private final int payloadType;
  private final String rtpmap;
  private final int timestampStep;

  MediaCodec(int payloadType, String rtpmap, int timestampStep) {
    this.payloadType = payloadType;
    this.rtpmap = rtpmap;
    this.timestampStep = timestampStep;
  }

  /** Returns the payload type that is offered. */
  int payloadType() {
    return payloadType;
  }

  /** Returns the RTP clock ticks of one packet. */
  int timestampStep() {
    return timestampStep;
  }

  /** Writes the offer of one call. */
  String offer(String address, int port) {
    return "v=0\r\no=- 1 1 IN IP4 "
        + address
        + "\r\ns=-\r\nc=IN IP4 "
        + address
        + "\r\nt=0 0\r\nm=audio "
        + port
        + " RTP/AVP "
        + payloadType
        + "\r\n"
        + rtpmap
        + "\r\na=ptime:20\r\n";
  }
}
