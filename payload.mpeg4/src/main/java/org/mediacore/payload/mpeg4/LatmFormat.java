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

/**
 * {@code MP4A-LATM} (RFC 6416 §6) with the configuration in the description: {@code cpresent=0}.
 * Where the parameter is absent, it is 1 (§7.3): the configuration comes in the stream, which is
 * not read here.
 */
@Component(service = PayloadFormat.class)
@ProvidesPayloadFormat(encoding = "mp4a-latm", codec = "aac")
public final class LatmFormat implements PayloadFormat {
  private static final PayloadFormatDescriptor DESCRIPTOR =
      new PayloadFormatDescriptor("MP4A-LATM", MediaKind.AUDIO, "AAC", true);

  @Override
  public PayloadFormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Optional<Fmtp> codecParameters(Fmtp declared) {
    return read(declared).map(mux -> Fmtp.NONE.with("config", Hex.write(mux.audioConfig())));
  }

  @Override
  public String refusal(Fmtp declared) {
    if (!isOutOfBand(declared)) {
      return "with cpresent=1, the default, the configuration is in the stream; known is"
                 + " cpresent=0";
    }
    return read(declared).isPresent() ? "" : "config is absent or of a kind that is not known";
  }

  private static boolean isOutOfBand(Fmtp declared) {
    return declared.get("cpresent", "1").equals("0");
  }

  private static Optional<StreamMux> read(Fmtp declared) {
    return isOutOfBand(declared)
        ? Hex.read(declared.get("config", "")).flatMap(StreamMux::read)
        : Optional.empty();
  }

  /**
   * One access unit per payload, whatever the peer does. A codec whose configuration cannot be
   * said, or that has none, is declared without one, which nobody reads.
   */
  @Override
  public Fmtp declare(Fmtp codec, Fmtp remote) {
    Fmtp fmtp = Fmtp.NONE;
    String profile = remote.get("profile-level-id", "");
    if (!profile.isEmpty() && codecParameters(remote).equals(Optional.of(codec))) {
      fmtp = fmtp.with("profile-level-id", profile);
    }
    Fmtp declared = fmtp.with("cpresent", "0");
    return Hex.read(codec.get("config", ""))
        .flatMap(StreamMux::write)
        .map(octets -> declared.with("config", Hex.write(octets)))
        .orElse(declared);
  }

  @Override
  public Packetizer createPacketizer(CodecParameters agreed) throws MediaSetupException {
    if (mux(agreed.local()).subframes() != 1) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, "sent is one access unit per payload", agreed.local().toText());
    }
    return new LatmPacketizer();
  }

  @Override
  public Depacketizer createDepacketizer(CodecParameters agreed) throws MediaSetupException {
    return new LatmDepacketizer(mux(agreed.remote()).subframes());
  }

  private static StreamMux mux(Fmtp fmtp) throws MediaSetupException {
    return read(fmtp)
        .orElseThrow(
            () ->
                new MediaSetupException(
                    Reason.NOT_SUPPORTED,
                    "known is cpresent=0 with one program of one layer in config",
                    fmtp.toText()));
  }
}
