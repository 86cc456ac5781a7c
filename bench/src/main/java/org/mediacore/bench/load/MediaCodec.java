package org.mediacore.bench.load;

/** The encodings that the generator can send, in packets of 20 ms. */
public enum MediaCodec {
  /** G.711 µ-law, RFC 3551. */
  PCMU(0, "PCMU/8000", 8_000),
  /** G.711 A-law, RFC 3551. */
  PCMA(8, "PCMA/8000", 8_000),
  /** Opus, RFC 7587. */
  OPUS(96, "opus/48000/2", 48_000);

  private final int payloadType;
  private final String rtpmap;
  private final int sampleRateHz;

  MediaCodec(int payloadType, String rtpmap, int sampleRateHz) {
    this.payloadType = payloadType;
    this.rtpmap = rtpmap;
    this.sampleRateHz = sampleRateHz;
  }

  /** Returns the payload type that is offered. */
  int payloadType() {
    return payloadType;
  }

  /** Returns the name by which codecs are known. */
  public String rtpmap() {
    return rtpmap;
  }

  /** Returns the sampling rate of its audio, which is also that of its RTP clock. */
  public int sampleRateHz() {
    return sampleRateHz;
  }

  /** Returns the RTP clock ticks of one packet. */
  public int timestampStep() {
    return sampleRateHz / 50;
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
        + "\r\na=rtpmap:"
        + payloadType
        + " "
        + rtpmap
        + "\r\na=ptime:20\r\n";
  }
}
