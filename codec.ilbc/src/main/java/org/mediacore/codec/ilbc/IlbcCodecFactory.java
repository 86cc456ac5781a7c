package org.mediacore.codec.ilbc;

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
 * iLBC (RFC 3951) in RTP by RFC 3952: 8 kHz mono, a dynamic payload type, frames of 20 or 30 ms by
 * the parameter {@code mode}. Where the two sides differ, or one does not say, both use 30 (RFC
 * 3952 §5). A packet carries one frame or several, up to 120 ms.
 */
@Component(service = AudioCodecFactory.class)
@ProvidesCodec(encoding = "ilbc")
public final class IlbcCodecFactory implements AudioCodecFactory {
  private static final AudioFormat AUDIO = new AudioFormat(8_000, 1);
  private static final String MODE = "mode";

  private final CodecDescriptor descriptor =
      new CodecDescriptor(
          "iLBC",
          MediaKind.AUDIO,
          AUDIO.sampleRateHz(),
          AUDIO.channels(),
          AUDIO,
          OptionalInt.empty(),
          List.of(20_000, 30_000, 40_000, 60_000, 80_000, 90_000, 100_000, 120_000),
          declared(FrameMode.MODE_20));

  /** Makes the factory; called by the container. */
  public IlbcCodecFactory() {
    for (FrameMode mode : FrameMode.values()) {
      runOnce(mode);
    }
  }

  /**
   * Uses every class of a codec once: instances outlive the bundle, and a class that is first
   * needed after the bundle has gone cannot be found.
   */
  private static void runOnce(FrameMode mode) {
    byte[] frame = new byte[mode.bytes];
    short[] pcm = new short[mode.samples];
    new FrameEncoder(mode).encode(pcm, 0, frame, 0);
    FrameDecoder decoder = new FrameDecoder(mode);
    decoder.decode(frame, 0, pcm, 0);
    decoder.conceal(pcm, 0);
  }

  @Override
  public List<CodecDescriptor> descriptors() {
    return List.of(descriptor);
  }

  @Override
  public Optional<CodecParameters> negotiate(CodecDescriptor asked, Fmtp remote, Fmtp local) {
    Optional<FrameMode> theirs = modeOf(remote);
    Optional<FrameMode> ours = modeOf(local);
    if (!descriptor.equals(asked) || theirs.isEmpty() || ours.isEmpty()) {
      return Optional.empty();
    }
    boolean both20 = theirs.get() == FrameMode.MODE_20 && ours.get() == FrameMode.MODE_20;
    FrameMode agreed = both20 ? FrameMode.MODE_20 : FrameMode.MODE_30;
    return Optional.of(
        new CodecParameters(
            descriptor, AUDIO, AUDIO, declared(agreed), remote, agreed.frameMs * 1_000));
  }

  /** The longest whole number of the agreed frames within {@code ptimeMs}; at least one. */
  @Override
  public CodecParameters withPtimeMs(CodecParameters agreed, int ptimeMs) {
    int frameMs = modeOf(agreed.local()).orElse(FrameMode.MODE_30).frameMs;
    int longestMs = CodecParameters.MAX_FRAME_DURATION_US / 1_000;
    int frames = Math.max(1, Math.min(ptimeMs, longestMs) / frameMs);
    return agreed.withPtimeMs(frames * frameMs);
  }

  /** Both sides of a session use the agreed mode, whatever the peer declared first. */
  @Override
  public boolean passesUnchanged(CodecParameters from, CodecParameters to) {
    return modeOf(from.local()).equals(modeOf(to.local()));
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    FrameMode mode = agreedMode(parameters);
    int frameUs = parameters.frameDurationUs();
    if (frameUs % (mode.frameMs * 1_000) != 0) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "iLBC packets of mode " + mode.frameMs + " hold whole frames of " + mode.frameMs + " ms",
          frameUs + " us");
    }
    return new IlbcEncoder(mode, parameters.samplesPerFrame() / mode.samples);
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    return new IlbcDecoder(agreedMode(parameters));
  }

  private FrameMode agreedMode(CodecParameters parameters) throws MediaSetupException {
    if (!descriptor.equals(parameters.descriptor())) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, "iLBC is iLBC/8000", parameters.descriptor().rtpmap());
    }
    if (!parameters.sendFormat().equals(AUDIO) || !parameters.receiveFormat().equals(AUDIO)) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "iLBC works on " + AUDIO,
          "send " + parameters.sendFormat() + ", receive " + parameters.receiveFormat());
    }
    return modeOf(parameters.local())
        .orElseThrow(
            () ->
                new MediaSetupException(
                    Reason.NOT_SUPPORTED,
                    "the mode of iLBC is 20 or 30",
                    parameters.local().toText()));
  }

  private static Fmtp declared(FrameMode mode) {
    return Fmtp.NONE.with(MODE, Integer.toString(mode.frameMs));
  }

  /** 30 where nothing is said (RFC 3952 §4.2), empty where it is neither 20 nor 30. */
  private static Optional<FrameMode> modeOf(Fmtp fmtp) {
    return switch (fmtp.get(MODE, "30").trim()) {
      case "20" -> Optional.of(FrameMode.MODE_20);
      case "30" -> Optional.of(FrameMode.MODE_30);
      default -> Optional.empty();
    };
  }
}
