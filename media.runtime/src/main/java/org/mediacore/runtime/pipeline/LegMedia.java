package org.mediacore.runtime.pipeline;

/**
 * What a negotiation decided for a leg.
 *
 * @param transport the path to the peer, ready to use
 * @param receivePayloadType the codec's payload type in packets that come in
 * @param sendPayloadType the codec's payload type in packets that go out
 * @param receiveEventType the payload type of telephone events that come in, or {@link #NONE}
 * @param sendEventType the payload type of telephone events that go out, or {@link #NONE}
 * @param receiveNoiseType the payload type of comfort noise that comes in, or {@link #NONE}
 * @param sendNoiseType the payload type of comfort noise that goes out, or {@link #NONE}
 * @param rtpClockRateHz the codec's RTP clock
 * @param rtcpMux whether RTP and RTCP share a port
 * @param receiving whether packets that come in are used
 * @param sending whether packets go out
 */
public record LegMedia(
    TransportStage transport,
    int receivePayloadType,
    int sendPayloadType,
    int receiveEventType,
    int sendEventType,
    int receiveNoiseType,
    int sendNoiseType,
    int rtpClockRateHz,
    boolean rtcpMux,
    boolean receiving,
    boolean sending) {
  /** No payload type. */
  public static final int NONE = -1;
}
