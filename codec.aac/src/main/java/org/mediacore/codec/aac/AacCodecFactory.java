package org.mediacore.codec.aac;

import java.util.ArrayList;
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
import org.mediacore.ffmpeg.CodecSetup;
import org.mediacore.ffmpeg.FFmpeg;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * AAC-LC, AAC-LD and AAC-ELD as RFC 3640 packs them ({@code mpeg4-generic}), decoding only: for
 * streams that we receive and do not send. What the stream is, the peer's {@code config} says.
 */
@Component(service = AudioCodecFactory.class)
@ProvidesCodec(encoding = "mpeg4-generic")
public final class AacCodecFactory implements AudioCodecFactory {
  private static final int[] SAMPLE_RATES_HZ = {48_000, 44_100, 32_000, 24_000, 22_050, 16_000};

  /** Of no meaning where nothing is encoded, but a codec has one. */
  private static final int FRAME_US = 20_000;

  private final FFmpeg ffmpeg;
  private final List<CodecDescriptor> descriptors = new ArrayList<>();

  /**
   * Makes the factory; called by the container.
   *
   * @param ffmpeg the codec itself
   */
  @Activate
  public AacCodecFactory(@Reference FFmpeg ffmpeg) {
    this.ffmpeg = ffmpeg;
    for (int sampleRateHz : SAMPLE_RATES_HZ) {
      for (int channels = 1; channels <= 2; channels++) {
        descriptors.add(descriptor(new AudioFormat(sampleRateHz, channels)));
      }
    }
  }

  private static CodecDescriptor descriptor(AudioFormat format) {
    return new CodecDescriptor(
        "mpeg4-generic",
        MediaKind.AUDIO,
        format.sampleRateHz(),
        format.channels(),
        format,
        OptionalInt.empty(),
        List.of(FRAME_US),
        Fmtp.parse(
            "streamtype=5;profile-level-id=254;mode=AAC-hbr;sizelength=13;indexlength=3;"
                + "indexdeltalength=3;config="
                + AacConfig.lowComplexity(format)));
  }

  @Override
  public List<CodecDescriptor> descriptors() {
    return List.copyOf(descriptors);
  }

  @Override
  public Optional<CodecParameters> negotiate(CodecDescriptor descriptor, Fmtp remote, Fmtp local) {
    if (!descriptors.contains(descriptor)
        || parameters(descriptor, remote).isEmpty()
        || parameters(descriptor, local).isEmpty()) {
      return Optional.empty();
    }
    AudioFormat format = descriptor.audio();
    return Optional.of(
        new CodecParameters(
            descriptor, format, format, AacFmtp.repeated(remote), remote, FRAME_US));
  }

  /** What parameters mean; empty where it is not what the rtpmap line says, or too long a frame. */
  private static Optional<AacFmtp> parameters(CodecDescriptor descriptor, Fmtp fmtp) {
    return AacFmtp.of(fmtp)
        .filter(read -> read.config().sampleRateHz() == descriptor.audio().sampleRateHz())
        .filter(read -> read.config().channels() == descriptor.audio().channels())
        .filter(read -> maxUnits(read.config()) > 0);
  }

  private static int maxUnits(AacConfig config) {
    long longest = (long) config.sampleRateHz() * CodecParameters.MAX_PAYLOAD_DURATION_US;
    return (int) (longest / 1_000_000 / config.samplesPerFrame());
  }

  /** Never: FFmpeg has no encoder for AAC-LD and AAC-ELD. */
  @Override
  public boolean encodes(CodecDescriptor descriptor) {
    return false;
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    throw new MediaSetupException(
        Reason.NOT_SUPPORTED, "AAC is decoded only", parameters.descriptor().rtpmap());
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    if (!descriptors.contains(parameters.descriptor())
        || !parameters.receiveFormat().equals(parameters.descriptor().audio())) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "this factory decodes mpeg4-generic at the rate and with the channels of its rtpmap",
          parameters.descriptor().rtpmap() + " to " + parameters.receiveFormat());
    }
    AacFmtp fmtp =
        parameters(parameters.descriptor(), parameters.remote())
            .orElseThrow(
                () ->
                    new MediaSetupException(
                        Reason.NOT_SUPPORTED,
                        "decoded are AAC-LC, AAC-LD and AAC-ELD in AAC-hbr or AAC-lbr",
                        parameters.remote().toText()));
    AacConfig config = fmtp.config();
    CodecSetup setup =
        CodecSetup.of("aac", config.sampleRateHz(), config.channels())
            .withConfiguration(fmtp.configBytes());
    AccessUnits units = new AccessUnits(fmtp.sizeBits(), fmtp.indexBits(), maxUnits(config));
    return new AacDecoder(config, ffmpeg.openDecoder(setup), units);
  }
}
