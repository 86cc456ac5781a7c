package org.mediacore.payload.mpeg4;

import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.capability.ProvidesPayloadFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.codec.MediaKind;
import org.mediacore.api.payload.Depacketizer;
import org.mediacore.api.payload.Packetizer;
import org.mediacore.api.payload.PayloadFormat;
import org.mediacore.api.payload.PayloadFormatDescriptor;
import org.osgi.service.component.annotations.Component;

/** {@code mpeg4-generic} (RFC 3640), modes AAC-hbr and AAC-lbr. */
@Component(service = PayloadFormat.class)
@ProvidesPayloadFormat(encoding = "mpeg4-generic", codec = "aac")
public final class GenericFormat implements PayloadFormat {
  private static final PayloadFormatDescriptor DESCRIPTOR =
      new PayloadFormatDescriptor("mpeg4-generic", MediaKind.AUDIO, "AAC", true);

  /** An audio stream, of a profile that is not said. */
  private static final Fmtp OWN = Fmtp.parse("streamtype=5;profile-level-id=254");

  @Override
  public PayloadFormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Optional<Fmtp> codecParameters(Fmtp declared) {
    return GenericMode.of(declared)
        .flatMap(mode -> Hex.read(declared.get("config", "")))
        .map(config -> Fmtp.NONE.with("config", Hex.write(config)));
  }

  @Override
  public String refusal(Fmtp declared) {
    if (GenericMode.of(declared).isEmpty()) {
      return "known are the modes AAC-hbr and AAC-lbr with the lengths of RFC 3640, no more fields";
    }
    return codecParameters(declared).isPresent() ? "" : "config is absent or not valid";
  }

  /**
   * As the peer has it where the stream is the same; else in the peer's mode, or AAC-hbr. A codec
   * without a configuration is declared without one, which nobody reads.
   */
  @Override
  public Fmtp declare(Fmtp codec, Fmtp remote) {
    Fmtp fmtp = OWN;
    if (codecParameters(remote).equals(Optional.of(codec))) {
      for (String name : new String[] {"streamtype", "profile-level-id", "constantduration"}) {
        String value = remote.get(name, "");
        fmtp = value.isEmpty() ? fmtp : fmtp.with(name, value);
      }
    }
    fmtp = GenericMode.of(remote).orElse(GenericMode.HIGH_BIT_RATE).declaredIn(fmtp);
    String config = codec.get("config", "");
    return config.isEmpty() ? fmtp : fmtp.with("config", config);
  }

  @Override
  public Packetizer createPacketizer(CodecParameters agreed) throws MediaSetupException {
    return new GenericPacketizer(mode(agreed.local()));
  }

  @Override
  public Depacketizer createDepacketizer(CodecParameters agreed) throws MediaSetupException {
    return new GenericDepacketizer(mode(agreed.remote()));
  }

  private GenericMode mode(Fmtp fmtp) throws MediaSetupException {
    return codecParameters(fmtp)
        .flatMap(codec -> GenericMode.of(fmtp))
        .orElseThrow(
            () ->
                new MediaSetupException(
                    Reason.NOT_SUPPORTED,
                    "known are AAC-hbr and AAC-lbr with the lengths of RFC 3640, and a config",
                    fmtp.toText()));
  }
}
