package org.mediacore.codec.amr;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.capability.ProvidesCodec;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.codec.MediaKind;
import org.mediacore.ffmpeg.CodecSetup;
import org.mediacore.ffmpeg.FFmpeg;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AMR and AMR-WB as RFC 4867 describes them: mono, dynamic payload types, packets of 20 to 120 ms.
 * There is no such factory where media.ffmpeg has no libraries.
 */
@Component(service = AudioCodecFactory.class, configurationPid = AmrSettings.PID)
@Designate(ocd = AmrConfig.class)
@ProvidesCodec(encoding = "amr")
@ProvidesCodec(encoding = "amr-wb")
public final class AmrCodecFactory implements AudioCodecFactory {
  private static final Logger LOG = LoggerFactory.getLogger(AmrCodecFactory.class);
  private static final List<Integer> FRAME_DURATIONS_US =
      List.of(20_000, 40_000, 60_000, 80_000, 100_000, 120_000);

  private final FFmpeg ffmpeg;
  private final AmrSettings settings;
  private final List<CodecDescriptor> descriptors;

  /**
   * Makes the factory; called by the container.
   *
   * @param ffmpeg the codecs themselves
   * @param properties the configuration
   */
  @Activate
  public AmrCodecFactory(@Reference FFmpeg ffmpeg, Map<String, Object> properties) {
    this(ffmpeg, AmrSettings.read(properties, LOG::error));
  }

  AmrCodecFactory(FFmpeg ffmpeg, AmrSettings settings) {
    this.ffmpeg = ffmpeg;
    this.settings = settings;
    descriptors =
        Arrays.stream(AmrVariant.values()).map(variant -> descriptor(variant, settings)).toList();
  }

  private static CodecDescriptor descriptor(AmrVariant variant, AmrSettings settings) {
    Fmtp fmtp = settings.octetAligned() ? Fmtp.NONE.with("octet-align", "1") : Fmtp.NONE;
    return new CodecDescriptor(
        variant.encoding,
        MediaKind.AUDIO,
        variant.audio.sampleRateHz(),
        variant.audio.channels(),
        variant.audio,
        OptionalInt.empty(),
        FRAME_DURATIONS_US,
        fmtp.with("mode-change-capability", "2").with("max-red", "0"));
  }

  @Override
  public List<CodecDescriptor> descriptors() {
    return descriptors;
  }

  @Override
  public Optional<CodecParameters> negotiate(CodecDescriptor descriptor, Fmtp remote, Fmtp local) {
    int index = descriptors.indexOf(descriptor);
    if (index < 0) {
      return Optional.empty();
    }
    AmrVariant variant = AmrVariant.values()[index];
    Optional<AmrFmtp> theirs = AmrFmtp.of(variant, remote);
    Optional<AmrFmtp> ours = AmrFmtp.of(variant, local);
    if (theirs.isEmpty() || ours.isEmpty() || (theirs.get().modes() & ours.get().modes()) == 0) {
      return Optional.empty();
    }
    Fmtp declared = theirs.get().declared(ours.get());
    return Optional.of(
        new CodecParameters(
            descriptor, variant.audio, variant.audio, declared, remote, AmrVariant.FRAME_US));
  }

  /** Where the receiver takes the layout and all modes that the sender may use. */
  @Override
  public boolean passesUnchanged(CodecParameters from, CodecParameters to) {
    int index = descriptors.indexOf(from.descriptor());
    if (index < 0 || !from.descriptor().equals(to.descriptor())) {
      return false;
    }
    AmrVariant variant = AmrVariant.values()[index];
    Optional<AmrFmtp> sent = AmrFmtp.of(variant, from.local());
    Optional<AmrFmtp> taken = AmrFmtp.of(variant, to.remote());
    return sent.isPresent() && taken.isPresent() && sent.get().isWithin(taken.get());
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    AmrVariant variant = variantOf(parameters);
    AmrFmtp theirs = checked(variant, parameters.remote());
    int modes = theirs.modes() & checked(variant, parameters.local()).modes();
    if (modes == 0) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "no mode of " + variant.encoding + " is common to both sides",
          parameters.remote().toText());
    }
    ModeControl control =
        new ModeControl(
            modes,
            theirs.modeChangePeriod(),
            theirs.neighboursOnly(),
            settings.highestMode(variant));
    CodecSetup setup =
        CodecSetup.of(variant.encoderName, variant.audio.sampleRateHz(), 1)
            .withBitrateBps(variant.bitrateBps(variant.modes - 1))
            .withOption("dtx", settings.dtx() ? "1" : "0");
    return new AmrEncoder(
        variant,
        settings.highestMode(variant),
        ffmpeg.openEncoder(setup),
        control,
        theirs.octetAligned(),
        parameters.frameDurationUs() / AmrVariant.FRAME_US);
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    AmrVariant variant = variantOf(parameters);
    AmrFmtp ours = checked(variant, parameters.local());
    CodecSetup setup = CodecSetup.of(variant.decoderName, variant.audio.sampleRateHz(), 1);
    return new AmrDecoder(variant, ffmpeg.openDecoder(setup), ours.octetAligned());
  }

  private AmrVariant variantOf(CodecParameters parameters) throws MediaSetupException {
    int index = descriptors.indexOf(parameters.descriptor());
    if (index < 0) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "this factory makes AMR/8000 and AMR-WB/16000",
          parameters.descriptor().rtpmap());
    }
    AmrVariant variant = AmrVariant.values()[index];
    if (!parameters.sendFormat().equals(variant.audio)
        || !parameters.receiveFormat().equals(variant.audio)) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          variant.encoding + " works on " + variant.audio,
          "send " + parameters.sendFormat() + ", receive " + parameters.receiveFormat());
    }
    return variant;
  }

  private static AmrFmtp checked(AmrVariant variant, Fmtp fmtp) throws MediaSetupException {
    return AmrFmtp.of(variant, fmtp)
        .orElseThrow(
            () ->
                new MediaSetupException(
                    Reason.NOT_SUPPORTED,
                    "these parameters of " + variant.encoding + " cannot be met",
                    fmtp.toText()));
  }
}
