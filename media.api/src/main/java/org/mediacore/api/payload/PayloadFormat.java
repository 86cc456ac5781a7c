package org.mediacore.api.payload;

import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A payload format as a service: shared, stateless, safe for use by several threads. The platform
 * joins it with each codec of {@link PayloadFormatDescriptor#codec} that makes frames only; what
 * results is negotiated, used and replaced as a codec of its own, under the format's encoding name
 * and with the codec's rate and channels. Instances outlive the service and even its bundle.
 *
 * <p>Session parameters come in two forms: as they stand in the description ({@code a=fmtp}), and
 * as the codec knows them. A format knows how to get from one to the other.
 */
@ConsumerType
public interface PayloadFormat {
  /** What it is; always the same value. */
  PayloadFormatDescriptor descriptor();

  /**
   * What a description's parameters say to the codec. Total: any parameters, however odd, give a
   * result or none, never an exception.
   *
   * @param declared the format's parameters as a description has them
   * @return the codec's parameters; empty where packets of these parameters cannot be read or made
   */
  Optional<Fmtp> codecParameters(Fmtp declared);

  /**
   * Why {@link #codecParameters} gives nothing: a few words for people, which go into the message
   * with which a call is refused. Total, as that is.
   *
   * @return empty where there is nothing to say
   */
  default String refusal(Fmtp declared) {
    return "";
  }

  /**
   * The parameters to declare for a stream. {@link #codecParameters} of the result is present, and
   * means the same to the codec as {@code codec} does.
   *
   * @param codec what the codec has to say: its default, or what it agreed on
   * @param remote what the peer declared, where we answer; else {@link Fmtp#NONE}
   */
  Fmtp declare(Fmtp codec, Fmtp remote);

  /**
   * Makes what lays frames into packets. Not called on a media loop.
   *
   * @param agreed what was agreed on, with the format's own parameters as {@code local} and {@code
   *     remote}
   * @throws MediaSetupException with the refused value
   */
  Packetizer createPacketizer(CodecParameters agreed) throws MediaSetupException;

  /** Makes what takes frames out of packets; as {@link #createPacketizer}. */
  Depacketizer createDepacketizer(CodecParameters agreed) throws MediaSetupException;
}
