package org.mediacore.runtime.codec;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.payload.PayloadFormat;

/**
 * A codec that makes frames only, joined with a payload format: to the rest of the runtime a codec
 * like any other, under the format's name.
 */
final class FormattedCodec implements AudioCodecFactory {
  private final AudioCodecFactory codec;
  private final CodecDescriptor bare;
  private final PayloadFormat format;
  private final CodecDescriptor descriptor;

  /**
   * @param bare what the codec says of itself
   */
  FormattedCodec(AudioCodecFactory codec, CodecDescriptor bare, PayloadFormat format) {
    this.codec = codec;
    this.bare = bare;
    this.format = format;
    descriptor =
        new CodecDescriptor(
            format.descriptor().encoding(),
            bare.kind(),
            bare.rtpClockRateHz(),
            bare.rtpChannels(),
            bare.audio(),
            OptionalInt.empty(),
            bare.frameDurationsUs(),
            format.declare(bare.defaultFmtp(), Fmtp.NONE));
  }

  /** Whether a service, codec or format, has a part in it. */
  boolean isOf(Object service) {
    return service == codec || service == format;
  }

  CodecDescriptor descriptor() {
    return descriptor;
  }

  boolean marksFrameEnds() {
    return format.descriptor().marksFrameEnds();
  }

  @Override
  public List<CodecDescriptor> descriptors() {
    return List.of(descriptor);
  }

  @Override
  public Optional<CodecParameters> negotiate(CodecDescriptor asked, Fmtp remote, Fmtp local) {
    Optional<Fmtp> remotely = format.codecParameters(remote);
    Optional<Fmtp> locally = format.codecParameters(local);
    if (remotely.isEmpty() || locally.isEmpty()) {
      return Optional.empty();
    }
    return codec
        .negotiate(bare, remotely.get(), locally.get())
        .map(
            agreed ->
                new CodecParameters(
                    descriptor,
                    agreed.sendFormat(),
                    agreed.receiveFormat(),
                    format.declare(agreed.local(), remote),
                    remote,
                    agreed.frameDurationUs()));
  }

  /** Why {@link #negotiate} gives nothing; empty where nothing is known of it. */
  String refusal(Fmtp remote) {
    return format.refusal(remote);
  }

  @Override
  public CodecParameters withPtimeMs(CodecParameters agreed, int ptimeMs) {
    return toCodec(agreed)
        .map(own -> codec.withPtimeMs(own, ptimeMs).frameDurationUs())
        .map(
            frameDurationUs ->
                new CodecParameters(
                    descriptor,
                    agreed.sendFormat(),
                    agreed.receiveFormat(),
                    agreed.local(),
                    agreed.remote(),
                    frameDurationUs))
        .orElse(agreed);
  }

  /**
   * Only in the same packing both ways: what a peer declares may say how it receives, or, as in RFC
   * 3640 §4.1, how it sends. About what is in the frames, the codec decides.
   */
  @Override
  public boolean passesUnchanged(CodecParameters from, CodecParameters to) {
    if (!from.local().equals(to.remote()) || !from.remote().equals(to.local())) {
      return false;
    }
    Optional<CodecParameters> codecFrom = toCodec(from);
    Optional<CodecParameters> codecTo = toCodec(to);
    return codecFrom.isPresent()
        && codecTo.isPresent()
        && codec.passesUnchanged(codecFrom.get(), codecTo.get());
  }

  @Override
  public boolean encodes(CodecDescriptor asked) {
    return codec.encodes(bare);
  }

  @Override
  public boolean describesPauses(CodecDescriptor asked) {
    return codec.describesPauses(bare);
  }

  @Override
  public int primingMs(CodecDescriptor asked) {
    return codec.primingMs(bare);
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    AudioEncoder encoder = codec.createEncoder(required(parameters));
    try {
      return new FormattedEncoder(encoder, format.createPacketizer(parameters));
    } catch (MediaSetupException | RuntimeException | LinkageError failed) {
      encoder.close();
      throw failed;
    }
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    AudioDecoder decoder = codec.createDecoder(required(parameters));
    try {
      return new FormattedDecoder(
          decoder, format.createDepacketizer(parameters), parameters.receiveFormat());
    } catch (MediaSetupException | RuntimeException | LinkageError failed) {
      decoder.close();
      throw failed;
    }
  }

  private CodecParameters required(CodecParameters agreed) throws MediaSetupException {
    return toCodec(agreed)
        .orElseThrow(
            () ->
                new MediaSetupException(
                    Reason.NOT_SUPPORTED,
                    "the payload format does not know these parameters",
                    agreed.local().toText() + " and " + agreed.remote().toText()));
  }

  /** The same agreement in the codec's own terms. */
  private Optional<CodecParameters> toCodec(CodecParameters agreed) {
    return format
        .codecParameters(agreed.local())
        .flatMap(
            local ->
                format
                    .codecParameters(agreed.remote())
                    .map(
                        remote ->
                            new CodecParameters(
                                bare,
                                agreed.sendFormat(),
                                agreed.receiveFormat(),
                                local,
                                remote,
                                agreed.frameDurationUs())));
  }
}
