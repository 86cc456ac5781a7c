package org.mediacore.runtime.negotiation;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.sdp.Direction;

/**
 * The audio stream that offer and answer agreed on.
 *
 * @param provider who provides the codec
 * @param parameters the codec as agreed
 * @param profile the SDP transport protocol
 * @param receivePayloadType the codec's number in packets that come in
 * @param sendPayloadType the codec's number in packets that go out
 * @param receiveEventType the number of telephone events that come in, or -1
 * @param sendEventType the number of telephone events that go out, or -1
 * @param receiveNoiseType the number of comfort noise that comes in, or -1
 * @param sendNoiseType the number of comfort noise that goes out, or -1
 * @param direction what we do
 * @param remoteRtp where the peer wants RTP; empty on hold without an address
 * @param remoteRtcp where the peer wants RTCP
 * @param rtcpMux whether both share a port
 * @param maxPtimeMs the longest packet the peer takes, 0 where it does not say
 */
public record NegotiatedAudio(
    CodecProvider provider,
    CodecParameters parameters,
    String profile,
    int receivePayloadType,
    int sendPayloadType,
    int receiveEventType,
    int sendEventType,
    int receiveNoiseType,
    int sendNoiseType,
    Direction direction,
    Optional<InetSocketAddress> remoteRtp,
    Optional<InetSocketAddress> remoteRtcp,
    boolean rtcpMux,
    int maxPtimeMs) {
  /** The same by another provider: the code of the codec was replaced. */
  public NegotiatedAudio by(CodecProvider newProvider) {
    return new NegotiatedAudio(
        newProvider,
        parameters,
        profile,
        receivePayloadType,
        sendPayloadType,
        receiveEventType,
        sendEventType,
        receiveNoiseType,
        sendNoiseType,
        direction,
        remoteRtp,
        remoteRtcp,
        rtcpMux,
        maxPtimeMs);
  }

  /** The same codec while no media flows: the peer has taken the stream away. */
  NegotiatedAudio withoutMedia() {
    return new NegotiatedAudio(
        provider,
        parameters,
        profile,
        receivePayloadType,
        sendPayloadType,
        receiveEventType,
        sendEventType,
        receiveNoiseType,
        sendNoiseType,
        Direction.INACTIVE,
        Optional.empty(),
        Optional.empty(),
        rtcpMux,
        maxPtimeMs);
  }
}
