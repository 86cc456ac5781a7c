package org.mediacore.codec.g722;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.capability.ProvidesCodec;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.codec.MediaKind;
import org.osgi.service.component.annotations.Component;

/**
 * G722 (RFC 3551 §4.5.2): 16 kHz mono at 64 kbit/s, payload type 9, 10 to 60 ms per packet, 20 ms
 * unless the peer asks for another ptime. The RTP clock counts at 8 kHz: an error of the first RFC
 * that is kept on purpose. There are no format parameters.
 */
@Component(service = AudioCodecFactory.class)
@ProvidesCodec(encoding = "g722")
public final class G722CodecFactory implements AudioCodecFactory {
  private static final AudioFormat AUDIO = new AudioFormat(16_000, 1);
  private static final int DEFAULT_FRAME_US = 20_000;
  private static final CodecDescriptor DESCRIPTOR =
      new CodecDescriptor(
          "G722",
          MediaKind.AUDIO,
          8_000,
          AUDIO.channels(),
          AUDIO,
          OptionalInt.of(9),
          List.of(10_000, 20_000, 30_000, 40_000, 50_000, 60_000),
          Fmtp.NONE);

  /** Makes the factory; called by the container. */
  public G722CodecFactory() {}

  @Override
  public List<CodecDescriptor> descriptors() {
    return List.of(DESCRIPTOR);
  }

  @Override
  public Optional<CodecParameters> negotiate(CodecDescriptor descriptor, Fmtp remote, Fmtp local) {
    if (!descriptor.equals(DESCRIPTOR)) {
      return Optional.empty();
    }
    return Optional.of(
        new CodecParameters(DESCRIPTOR, AUDIO, AUDIO, Fmtp.NONE, remote, DEFAULT_FRAME_US));
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    check(parameters);
    return new G722Encoder(parameters.samplesPerFrame());
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    check(parameters);
    return new G722Decoder(Mode.KBPS_64, AUDIO.samplesIn(CodecParameters.MAX_PAYLOAD_DURATION_US));
  }

  private static void check(CodecParameters parameters) throws MediaSetupException {
    if (!parameters.descriptor().equals(DESCRIPTOR)) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, "G.722 is G722/8000", parameters.descriptor().rtpmap());
    }
    if (!parameters.sendFormat().equals(AUDIO) || !parameters.receiveFormat().equals(AUDIO)) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "G.722 works on " + AUDIO,
          "send " + parameters.sendFormat() + ", receive " + parameters.receiveFormat());
    }
  }
}
