package org.mediacore.codec.g711;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
import org.mediacore.dsp.companding.CompandingLaw;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PCMU and PCMA (RFC 3551 §4.5.14): 8 kHz mono, payload types 0 and 8, 10 to 60 ms per packet, 20
 * ms unless the peer asks for another ptime. Neither has format parameters.
 */
@Component(service = AudioCodecFactory.class, configurationPid = G711CodecFactory.PID)
@Designate(ocd = G711Config.class)
@ProvidesCodec(encoding = "pcmu")
@ProvidesCodec(encoding = "pcma")
public final class G711CodecFactory implements AudioCodecFactory {
  /** Names the configuration. */
  static final String PID = "org.mediacore.codec.g711";

  private static final Logger LOG = LoggerFactory.getLogger(G711CodecFactory.class);
  private static final AudioFormat AUDIO = new AudioFormat(8_000, 1);
  private static final int DEFAULT_FRAME_US = 20_000;

  private final List<CodecDescriptor> descriptors;
  private final boolean dtx;

  /** Makes a factory of encoders that send all there is. */
  public G711CodecFactory() {
    this(false);
  }

  /**
   * Makes the factory; called by the container.
   *
   * @param properties the configuration
   */
  @Activate
  public G711CodecFactory(Map<String, Object> properties) {
    this(flag(properties, "dtx"));
  }

  private static boolean flag(Map<String, Object> properties, String key) {
    String text = String.valueOf(properties.getOrDefault(key, "false")).trim();
    if (!text.equals("true") && !text.equals("false")) {
      LOG.error("{}: {} is {}, allowed are true and false; false is used", PID, key, text);
    }
    return text.equals("true");
  }

  G711CodecFactory(boolean dtx) {
    this.dtx = dtx;
    descriptors = Stream.of(G711Law.values()).map(law -> law.descriptor).toList();
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
    return Optional.of(
        new CodecParameters(descriptor, AUDIO, AUDIO, Fmtp.NONE, remote, DEFAULT_FRAME_US));
  }

  /** G.711 knows no silence of its own: RFC 3389 is made for it. */
  @Override
  public boolean describesPauses(CodecDescriptor descriptor) {
    return descriptors.contains(descriptor);
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    return new G711Encoder(lawOf(parameters), parameters.samplesPerFrame(), dtx);
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    return new G711Decoder(
        lawOf(parameters), AUDIO.samplesIn(CodecParameters.MAX_PAYLOAD_DURATION_US));
  }

  private static CompandingLaw lawOf(CodecParameters parameters) throws MediaSetupException {
    if (!parameters.sendFormat().equals(AUDIO) || !parameters.receiveFormat().equals(AUDIO)) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "G.711 works on " + AUDIO,
          "send " + parameters.sendFormat() + ", receive " + parameters.receiveFormat());
    }
    for (G711Law one : G711Law.values()) {
      if (one.descriptor.equals(parameters.descriptor())) {
        return one.law;
      }
    }
    throw new MediaSetupException(
        Reason.NOT_SUPPORTED, "G.711 is PCMU/8000 or PCMA/8000", parameters.descriptor().rtpmap());
  }
}
