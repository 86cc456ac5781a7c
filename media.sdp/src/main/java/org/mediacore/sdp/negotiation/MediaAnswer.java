package org.mediacore.sdp.negotiation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.mediacore.sdp.Connection;
import org.mediacore.sdp.Direction;
import org.mediacore.sdp.RtpFormat;
import org.mediacore.sdp.SdpLine;

/** What the answerer decided about one offered media description. */
public sealed interface MediaAnswer {

  /** Refuses the stream: it is answered with port 0. */
  static Refuse refuse() {
    return new Refuse();
  }

  /**
   * Accepts an RTP stream, willing to send and receive, without rtcp-mux.
   *
   * @param port where RTP is received, 1 to 65535
   * @param formats what is agreed, in order of preference, with the numbers and parameters to
   *     answer
   */
  static Accept accept(int port, List<RtpFormat> formats) {
    return new Accept(
        port,
        formats,
        Direction.SENDRECV,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        false,
        OptionalInt.empty(),
        Optional.empty(),
        List.of());
  }

  /** The stream is refused. */
  record Refuse() implements MediaAnswer {}

  /**
   * The stream is accepted.
   *
   * @param port where RTP is received, 1 to 65535
   * @param formats at least one, every number once
   * @param direction what this side is willing to do; the answer holds what the offer allows of it
   * @param ptimeMs packet duration this side wants to receive, in ms
   * @param maxPtimeMs longest packet duration this side accepts, in ms
   * @param rtcpMux whether this side can share a port; answered only if it was offered
   * @param rtcpPort where RTCP is received; written (RFC 3605) unless port + 1 or shared
   * @param connection where this stream is received, if not at the session level's address
   * @param attributes further a= lines, appended as they are
   */
  record Accept(
      int port,
      List<RtpFormat> formats,
      Direction direction,
      OptionalDouble ptimeMs,
      OptionalDouble maxPtimeMs,
      boolean rtcpMux,
      OptionalInt rtcpPort,
      Optional<Connection> connection,
      List<SdpLine> attributes)
      implements MediaAnswer {

    /** Copies the lists and checks ports and numbers; throws IllegalArgumentException otherwise. */
    public Accept {
      formats = List.copyOf(formats);
      attributes = List.copyOf(attributes);
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("an accepted stream has a port 1-65535, not " + port);
      }
      if (rtcpPort.isPresent() && (rtcpPort.getAsInt() < 1 || rtcpPort.getAsInt() > 65_535)) {
        throw new IllegalArgumentException("RTCP port outside 1-65535: " + rtcpPort.getAsInt());
      }
      if (formats.isEmpty()) {
        throw new IllegalArgumentException("an accepted stream has at least one format");
      }
      Set<Integer> numbers = new HashSet<>();
      for (RtpFormat format : formats) {
        if (!numbers.add(format.payloadType())) {
          throw new IllegalArgumentException("payload type twice: " + format.payloadType());
        }
      }
      for (SdpLine line : attributes) {
        if (line.type() != 'a') {
          throw new IllegalArgumentException("not an attribute: " + line);
        }
      }
    }

    /** With another direction this side is willing to use. */
    public Accept withDirection(Direction newDirection) {
      return new Accept(
          port,
          formats,
          newDirection,
          ptimeMs,
          maxPtimeMs,
          rtcpMux,
          rtcpPort,
          connection,
          attributes);
    }

    /** With a=ptime, in ms. */
    public Accept withPtimeMs(double newPtimeMs) {
      return new Accept(
          port,
          formats,
          direction,
          OptionalDouble.of(newPtimeMs),
          maxPtimeMs,
          rtcpMux,
          rtcpPort,
          connection,
          attributes);
    }

    /** With a=maxptime, in ms. */
    public Accept withMaxPtimeMs(double newMaxPtimeMs) {
      return new Accept(
          port,
          formats,
          direction,
          ptimeMs,
          OptionalDouble.of(newMaxPtimeMs),
          rtcpMux,
          rtcpPort,
          connection,
          attributes);
    }

    /** With the ability to share a port between RTP and RTCP. */
    public Accept withRtcpMux(boolean newRtcpMux) {
      return new Accept(
          port,
          formats,
          direction,
          ptimeMs,
          maxPtimeMs,
          newRtcpMux,
          rtcpPort,
          connection,
          attributes);
    }

    /** With the port where RTCP is received. */
    public Accept withRtcpPort(int newRtcpPort) {
      return new Accept(
          port,
          formats,
          direction,
          ptimeMs,
          maxPtimeMs,
          rtcpMux,
          OptionalInt.of(newRtcpPort),
          connection,
          attributes);
    }

    /** With an address of its own. */
    public Accept withConnection(Connection newConnection) {
      return new Accept(
          port,
          formats,
          direction,
          ptimeMs,
          maxPtimeMs,
          rtcpMux,
          rtcpPort,
          Optional.of(newConnection),
          attributes);
    }

    /** With one more attribute. */
    public Accept withAttribute(SdpLine attribute) {
      List<SdpLine> more = new ArrayList<>(attributes);
      more.add(attribute);
      return new Accept(
          port, formats, direction, ptimeMs, maxPtimeMs, rtcpMux, rtcpPort, connection, more);
    }
  }
}
