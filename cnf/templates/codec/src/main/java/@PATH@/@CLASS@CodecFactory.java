package @PACKAGE@;

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
 * The service: says what the codec is, agrees with a peer, and makes what a session owns. {@code
 * Component} registers it, {@code ProvidesCodec} writes the same name into the manifest.
 */
@Component(service = AudioCodecFactory.class)
@ProvidesCodec(encoding = "@NAME@")
public final class @CLASS@CodecFactory implements AudioCodecFactory {
  /** What the encoder is given and the decoder delivers. */
  private static final AudioFormat AUDIO = new AudioFormat(16_000, 1);

  private static final CodecDescriptor DESCRIPTOR =
      new CodecDescriptor(
          "@NAME@", // the encoding name of the rtpmap line
          MediaKind.AUDIO,
          AUDIO.sampleRateHz(), // of RTP timestamps; the audio's unless the payload format differs
          AUDIO.channels(),
          AUDIO,
          OptionalInt.empty(), // a payload type of RFC 3551 where it has one
          List.of(10_000, 20_000, 40_000, 60_000), // what a packet may carry, in microseconds
          Fmtp.NONE);

  private static final int DEFAULT_FRAME_US = 20_000;

  @Override
  public List<CodecDescriptor> descriptors() {
    return List.of(DESCRIPTOR);
  }

  /** Without format parameters there is nothing to disagree on; whatever a peer says is ignored. */
  @Override
  public Optional<CodecParameters> negotiate(CodecDescriptor descriptor, Fmtp remote, Fmtp local) {
    if (!descriptor.equals(DESCRIPTOR)) {
      return Optional.empty();
    }
    return Optional.of(
        new CodecParameters(descriptor, AUDIO, AUDIO, Fmtp.NONE, remote, DEFAULT_FRAME_US));
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    requireOurs(parameters);
    return new @CLASS@Encoder(parameters.samplesPerFrame());
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    requireOurs(parameters);
    return new @CLASS@Decoder(AUDIO.samplesIn(CodecParameters.MAX_PAYLOAD_DURATION_US));
  }

  private static void requireOurs(CodecParameters parameters) throws MediaSetupException {
    if (!parameters.descriptor().equals(DESCRIPTOR)
        || !parameters.sendFormat().equals(AUDIO)
        || !parameters.receiveFormat().equals(AUDIO)) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "this factory makes " + DESCRIPTOR.rtpmap() + " of " + AUDIO,
          parameters.descriptor().rtpmap()
              + (" send " + parameters.sendFormat())
              + (" receive " + parameters.receiveFormat()));
    }
  }
}
