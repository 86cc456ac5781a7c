package org.mediacore.codec.l16;

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
import org.osgi.service.component.annotations.Component;

/**
 * L16 (RFC 3551 §4.5.11): uncompressed 16-bit samples, mono at 8, 16, 24, 32, 44.1 and 48 kHz,
 * stereo at 44.1 and 48 kHz. What is sent is kept within {@value #MAX_SENT_BYTES} bytes where whole
 * samples allow it, so that packets are not fragmented on an Ethernet; what is received may be any
 * length up to 800 ms. No format parameters.
 */
@Component(service = AudioCodecFactory.class)
@ProvidesCodec(encoding = "l16")
public final class L16CodecFactory implements AudioCodecFactory {
  private static final int MAX_SENT_BYTES = 1_400;
  private static final int DEFAULT_FRAME_US = 20_000;
  private static final List<Integer> DURATIONS_US =
      List.of(5_000, 10_000, 20_000, 30_000, 40_000, 60_000);

  /** RFC 3551 table 4: the only rate with static payload types. */
  private static final int STATIC_RATE_HZ = 44_100;

  private final List<CodecDescriptor> descriptors =
      List.of(
          descriptorOf(8_000, 1),
          descriptorOf(16_000, 1),
          descriptorOf(24_000, 1),
          descriptorOf(32_000, 1),
          descriptorOf(44_100, 1),
          descriptorOf(48_000, 1),
          descriptorOf(44_100, 2),
          descriptorOf(48_000, 2));

  /** Makes the factory; called by the container. */
  public L16CodecFactory() {}

  private static CodecDescriptor descriptorOf(int sampleRateHz, int channels) {
    AudioFormat audio = new AudioFormat(sampleRateHz, channels);
    OptionalInt payloadType = OptionalInt.empty();
    if (sampleRateHz == STATIC_RATE_HZ) {
      payloadType = OptionalInt.of(channels == 2 ? 10 : 11);
    }
    return new CodecDescriptor(
        "L16",
        MediaKind.AUDIO,
        sampleRateHz,
        channels,
        audio,
        payloadType,
        durationsOf(audio),
        Fmtp.NONE);
  }

  /** The durations that fit one packet, or the shortest there is (10 ms of 44.1 kHz stereo). */
  private static List<Integer> durationsOf(AudioFormat audio) {
    List<Integer> fitting = new ArrayList<>();
    for (int durationUs : DURATIONS_US) {
      boolean wholeSamples = (long) audio.sampleRateHz() * durationUs % 1_000_000 == 0;
      boolean fits = 2 * audio.elementsIn(durationUs) <= MAX_SENT_BYTES;
      if (wholeSamples && (fits || fitting.isEmpty())) {
        fitting.add(durationUs);
      }
    }
    return fitting;
  }

  @Override
  public List<CodecDescriptor> descriptors() {
    return descriptors;
  }

  @Override
  public Optional<CodecParameters> negotiate(CodecDescriptor descriptor, Fmtp remote, Fmtp local) {
    if (!descriptors.contains(descriptor)) {
      return Optional.empty();
    }
    AudioFormat audio = descriptor.audio();
    int frameUs = descriptor.frameDurationUsFor(DEFAULT_FRAME_US / 1_000);
    return Optional.of(new CodecParameters(descriptor, audio, audio, Fmtp.NONE, remote, frameUs));
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    requireOwn(parameters);
    return new L16Encoder(parameters.sendFormat(), parameters.samplesPerFrame());
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    requireOwn(parameters);
    return new L16Decoder(parameters.receiveFormat());
  }

  private void requireOwn(CodecParameters parameters) throws MediaSetupException {
    CodecDescriptor descriptor = parameters.descriptor();
    if (!descriptors.contains(descriptor)) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, "no such L16 format", descriptor.rtpmap());
    }
    AudioFormat audio = descriptor.audio();
    if (!parameters.sendFormat().equals(audio) || !parameters.receiveFormat().equals(audio)) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          descriptor.rtpmap() + " works on " + audio,
          "send " + parameters.sendFormat() + ", receive " + parameters.receiveFormat());
    }
  }
}
