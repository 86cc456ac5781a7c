package org.mediacore.codec.aac;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
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
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AAC-LC, AAC-LD and AAC-ELD, bare frames. A stream is what {@code config}, its
 * AudioSpecificConfig, says of it: the peer's for what we receive, ours for what we send. Where
 * there is no library that encodes, or none of its frames takes whole microseconds, a rate is for
 * streams that we receive and do not send.
 */
@Component(service = AudioCodecFactory.class, configurationPid = AacSettings.PID)
@Designate(ocd = AacOptions.class)
@ProvidesCodec(encoding = "aac")
public final class AacCodecFactory implements AudioCodecFactory {
  /** Framework or system property: the library where the configuration names none. */
  static final String LIBRARY_PROPERTY = "org.mediacore.codec.aac.library";

  private static final Logger LOG = LoggerFactory.getLogger(AacCodecFactory.class);
  private static final int[] SAMPLE_RATES_HZ = {48_000, 44_100, 32_000, 24_000, 22_050, 16_000};

  /** Object types and the samples of their frames that a library may encode. */
  private static final int[][] ENCODED = {
    {AacConfig.ENHANCED_LOW_DELAY, 480},
    {AacConfig.ENHANCED_LOW_DELAY, 512},
    {AacConfig.LOW_DELAY, 512},
    {AacConfig.LOW_COMPLEXITY, 1_024}
  };

  /** Of no meaning where nothing is encoded, but a codec has one. */
  private static final int FRAME_US = 20_000;

  private final FFmpeg ffmpeg;
  private final AacSettings settings;
  private final Optional<EncoderLibrary> library;
  private final List<CodecDescriptor> descriptors = new ArrayList<>();

  /**
   * Makes the factory; called by the container.
   *
   * @param ffmpeg what decodes
   * @param properties the configuration
   */
  @Activate
  public AacCodecFactory(
      @Reference FFmpeg ffmpeg, BundleContext context, Map<String, Object> properties) {
    this(ffmpeg, settings(context, properties));
  }

  private AacCodecFactory(FFmpeg ffmpeg, AacSettings settings) {
    this(ffmpeg, settings, EncoderChoice.library(settings));
  }

  /**
   * @param library what encodes; released by {@link #deactivate}
   */
  AacCodecFactory(FFmpeg ffmpeg, AacSettings settings, Optional<EncoderLibrary> library) {
    this.ffmpeg = ffmpeg;
    this.settings = settings;
    this.library = library;
    for (int sampleRateHz : SAMPLE_RATES_HZ) {
      for (int channels = 1; channels <= 2; channels++) {
        descriptors.add(descriptor(new AudioFormat(sampleRateHz, channels)));
      }
    }
  }

  private static AacSettings settings(BundleContext context, Map<String, Object> properties) {
    String file = context.getProperty(LIBRARY_PROPERTY);
    return AacSettings.read(properties, LOG::error).orLibrary(file == null ? "" : file);
  }

  /** Lets go of the library; open encoders and decoders go on. */
  @Deactivate
  void deactivate() {
    library.ifPresent(EncoderLibrary::release);
  }

  private CodecDescriptor descriptor(AudioFormat format) {
    boolean encodes = encodes(format);
    AacConfig offered = encodes ? offered(settings, format) : AacConfig.lowComplexity(format);
    return new CodecDescriptor(
        "AAC",
        MediaKind.AUDIO,
        format.sampleRateHz(),
        format.channels(),
        format,
        OptionalInt.empty(),
        encodes ? frameDurationsUs(format) : List.of(FRAME_US),
        offered.toFmtp());
  }

  /** What is offered in a format, whether it can be encoded or not. */
  static AacConfig offered(AacSettings settings, AudioFormat format) {
    return new AacConfig(
        settings.objectType(),
        format.sampleRateHz(),
        format.channels(),
        settings.samplesPerFrame());
  }

  private boolean encodes(AudioFormat format) {
    return library.isPresent() && isEncoded(offered(settings, format));
  }

  private static List<Integer> frameDurationsUs(AudioFormat format) {
    TreeSet<Integer> durationsUs = new TreeSet<>();
    for (int[] kind : ENCODED) {
      AacConfig config = new AacConfig(kind[0], format.sampleRateHz(), format.channels(), kind[1]);
      if (isEncoded(config)) {
        durationsUs.add(config.frameDurationUs());
      }
    }
    return List.copyOf(durationsUs);
  }

  @Override
  public List<CodecDescriptor> descriptors() {
    return List.copyOf(descriptors);
  }

  @Override
  public boolean framesOnly(CodecDescriptor descriptor) {
    return true;
  }

  @Override
  public boolean encodes(CodecDescriptor descriptor) {
    return encodes(descriptor.audio());
  }

  /**
   * We answer with the peer's stream where we can send one of that kind, or none at all; else with
   * ours.
   */
  @Override
  public Optional<CodecParameters> negotiate(CodecDescriptor descriptor, Fmtp remote, Fmtp local) {
    Optional<AacConfig> theirs = config(descriptor, remote);
    Optional<AacConfig> ours = config(descriptor, local);
    if (!descriptors.contains(descriptor) || theirs.isEmpty() || ours.isEmpty()) {
      return Optional.empty();
    }
    Fmtp sent = descriptor.defaultFmtp();
    if (!encodes(descriptor) || isEncoded(theirs.get())) {
      sent = Fmtp.NONE.with(AacConfig.PARAMETER, remote.get(AacConfig.PARAMETER, ""));
    } else if (isEncoded(ours.get())) {
      sent = Fmtp.NONE.with(AacConfig.PARAMETER, local.get(AacConfig.PARAMETER, ""));
    }
    int durationUs = encodes(descriptor) ? durationUs(descriptor, sent) : FRAME_US;
    AudioFormat format = descriptor.audio();
    return Optional.of(new CodecParameters(descriptor, format, format, sent, remote, durationUs));
  }

  private static Optional<AacConfig> config(CodecDescriptor descriptor, Fmtp fmtp) {
    return AacConfig.of(fmtp).filter(config -> config.isOf(descriptor.audio()));
  }

  private static int durationUs(CodecDescriptor descriptor, Fmtp sent) {
    return config(descriptor, sent).orElseThrow().frameDurationUs();
  }

  private static boolean isEncoded(AacConfig config) {
    for (int[] kind : ENCODED) {
      if (config.objectType() == kind[0] && config.samplesPerFrame() == kind[1]) {
        return config.isDecoded() && config.frameDurationUs() > 0;
      }
    }
    return false;
  }

  /** There is one duration to a stream: its configuration says which. */
  @Override
  public CodecParameters withPtimeMs(CodecParameters agreed, int ptimeMs) {
    return agreed;
  }

  /** Where what comes from the one is what we told the other that we send. */
  @Override
  public boolean passesUnchanged(CodecParameters from, CodecParameters to) {
    return from.descriptor().equals(to.descriptor())
        && AacConfig.of(from.remote()).isPresent()
        && AacConfig.of(from.remote()).equals(AacConfig.of(to.local()));
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    AacConfig config = required(parameters, parameters.sendFormat(), parameters.local());
    if (library.isEmpty()) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, "AAC is decoded only: there is no libfdk-aac", config.toString());
    }
    if (!isEncoded(config) || config.frameDurationUs() != parameters.frameDurationUs()) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "this cannot be encoded in frames of " + parameters.frameDurationUs() + " us",
          config.toString());
    }
    return library.get().newEncoder(config, settings.bitrateBps() * config.channels());
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    AacConfig config = required(parameters, parameters.receiveFormat(), parameters.remote());
    CodecSetup setup =
        CodecSetup.of("aac", config.sampleRateHz(), config.channels())
            .withConfiguration(AacConfig.bytes(parameters.remote()).orElseThrow());
    return new AacDecoder(config, ffmpeg.openDecoder(setup));
  }

  private AacConfig required(CodecParameters parameters, AudioFormat format, Fmtp fmtp)
      throws MediaSetupException {
    if (!descriptors.contains(parameters.descriptor())
        || !format.equals(parameters.descriptor().audio())) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "AAC is coded at the rate and with the channels of its descriptor",
          parameters.descriptor().rtpmap() + ", " + format);
    }
    return config(parameters.descriptor(), fmtp)
        .orElseThrow(
            () ->
                new MediaSetupException(
                    Reason.NOT_SUPPORTED,
                    "known are AAC-LC, AAC-LD and AAC-ELD at the agreed rate",
                    fmtp.toText()));
  }
}
