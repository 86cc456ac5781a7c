package org.mediacore.codec.opus;

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

/**
 * Opus as RFC 7587 describes it. One factory stands for one configuration and one library; another
 * configuration makes another factory.
 */
@ProvidesCodec(encoding = "opus")
final class OpusCodecFactory implements AudioCodecFactory {
  /**
   * What a payload carries when encoding. Opus has 2.5 and 5 ms as well; over RTP their headers
   * would take several times what the audio does, so they are decoded only.
   */
  private static final List<Integer> FRAME_DURATIONS_US = List.of(10_000, 20_000, 40_000, 60_000);

  private static final int DEFAULT_FRAME_US = 20_000;

  /**
   * SILK's long-term prediction (RFC 6716 §4.2.7.9.1) hands what it got wrong on from frame to
   * frame, where the sound is steady hardly weaker.
   */
  private static final int PRIMING_MS = 2_000;

  private final OpusEngine engine;
  private final OpusSettings settings;
  private final CodecDescriptor descriptor;

  /**
   * @param engine the library; stays the caller's to release
   * @param settings the configuration
   */
  OpusCodecFactory(OpusEngine engine, OpusSettings settings) {
    this.engine = engine;
    this.settings = settings;
    descriptor =
        new CodecDescriptor(
            "opus",
            MediaKind.AUDIO,
            OpusFmtp.FULL_RATE_HZ,
            2, // whatever the audio has (RFC 7587 §7)
            format(settings.stereo()),
            OptionalInt.empty(),
            FRAME_DURATIONS_US,
            settings.declared());
  }

  @Override
  public List<CodecDescriptor> descriptors() {
    return List.of(descriptor);
  }

  /**
   * All parameters of Opus are declarative and none can make it unusable (RFC 7587 §7.1), so with
   * any of them there is an agreement. Stereo goes each way where its receiver prefers it and, from
   * here, where {@code local} says that we have stereo.
   */
  @Override
  public Optional<CodecParameters> negotiate(CodecDescriptor wanted, Fmtp remote, Fmtp local) {
    if (!isOurs(wanted)) {
      return Optional.empty();
    }
    OpusFmtp theirs = OpusFmtp.of(remote);
    OpusFmtp ours = OpusFmtp.of(local);
    boolean sendStereo = theirs.stereo() && (ours.stereo() || ours.sendsStereo());
    return Optional.of(
        new CodecParameters(
            wanted,
            format(sendStereo),
            format(ours.stereo()),
            OpusFmtp.declarable(local),
            remote,
            DEFAULT_FRAME_US));
  }

  private static AudioFormat format(boolean stereo) {
    return new AudioFormat(OpusFmtp.FULL_RATE_HZ, stereo ? 2 : 1);
  }

  /** Always: a decoder takes every Opus payload (RFC 7587 §7); what a peer declares are wishes. */
  @Override
  public boolean passesUnchanged(CodecParameters from, CodecParameters to) {
    return true;
  }

  @Override
  public int primingMs(CodecDescriptor asked) {
    return PRIMING_MS;
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    requireSupported(parameters, parameters.sendFormat());
    EncoderPlan plan = EncoderPlan.of(parameters, settings);
    return new OpusAudioEncoder(engine.newEncoder(plan.format(), plan.application()), plan);
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    requireSupported(parameters, parameters.receiveFormat());
    return new OpusAudioDecoder(
        engine.newDecoder(DecoderPlan.of(parameters.receiveFormat(), settings)),
        parameters.receiveFormat());
  }

  private boolean isOurs(CodecDescriptor other) {
    return descriptor.matches(other.encoding(), other.rtpClockRateHz(), other.rtpChannels())
        && FRAME_DURATIONS_US.equals(other.frameDurationsUs());
  }

  private void requireSupported(CodecParameters parameters, AudioFormat format)
      throws MediaSetupException {
    if (!isOurs(parameters.descriptor())) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, "this factory makes opus", parameters.descriptor().rtpmap());
    }
    if (!Bandwidth.isSampleRate(format.sampleRateHz())) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "Opus works at 8000, 12000, 16000, 24000 and 48000 Hz",
          format.toString());
    }
  }
}
