package org.mediacore.example.g726;

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
 * G726-32 (RFC 3551 §4.5.4): 8 kHz mono, half a byte per sample, no format parameters. The payload
 * type is dynamic; 2, which G.721 once had, is reserved.
 */
@Component(service = AudioCodecFactory.class)
@ProvidesCodec(encoding = "g726-32")
public final class G726CodecFactory implements AudioCodecFactory {
  private static final AudioFormat AUDIO = new AudioFormat(8_000, 1);

  private static final CodecDescriptor DESCRIPTOR =
      new CodecDescriptor(
          "G726-32",
          MediaKind.AUDIO,
          AUDIO.sampleRateHz(),
          AUDIO.channels(),
          AUDIO,
          OptionalInt.empty(),
          List.of(10_000, 20_000, 30_000, 40_000, 60_000),
          Fmtp.NONE);

  private static final int DEFAULT_FRAME_US = 20_000;

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
        new CodecParameters(descriptor, AUDIO, AUDIO, Fmtp.NONE, remote, DEFAULT_FRAME_US));
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    requireOurs(parameters);
    return new G726Encoder(parameters.samplesPerFrame());
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    requireOurs(parameters);
    return new G726Decoder(AUDIO.samplesIn(CodecParameters.MAX_PAYLOAD_DURATION_US));
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
