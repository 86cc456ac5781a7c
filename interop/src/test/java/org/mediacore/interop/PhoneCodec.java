package org.mediacore.interop;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/**
 * A codec as a {@link Phone} speaks it, made by a factory outside of any container.
 *
 * @param name how tests and tables call it
 * @param factory who makes encoder and decoder
 * @param descriptor one of the factory's
 * @param fmtp the format parameters that the phone offers
 */
record PhoneCodec(String name, AudioCodecFactory factory, CodecDescriptor descriptor, Fmtp fmtp) {
  private static final int DYNAMIC_PAYLOAD_TYPE = 97;

  /** The codec with this rtpmap of a factory, with the parameters that it declares by itself. */
  static PhoneCodec of(String name, AudioCodecFactory factory, String rtpmap) {
    CodecDescriptor descriptor =
        factory.descriptors().stream()
            .filter(one -> one.rtpmap().equalsIgnoreCase(rtpmap))
            .findFirst()
            .orElseThrow(() -> new AssertionError(rtpmap + " is not made by " + factory));
    return new PhoneCodec(name, factory, descriptor, descriptor.defaultFmtp());
  }

  PhoneCodec with(String parameter, String value) {
    return new PhoneCodec(name, factory, descriptor, fmtp.with(parameter, value));
  }

  int payloadType() {
    OptionalInt own = descriptor.staticPayloadType();
    return own.orElse(DYNAMIC_PAYLOAD_TYPE);
  }

  /** The lines of an offer with this codec alone. */
  String[] offered(int port) {
    String media = "m=audio " + port + " RTP/AVP " + payloadType();
    String map = "a=rtpmap:" + payloadType() + " " + descriptor.rtpmap();
    return fmtp.isEmpty()
        ? new String[] {media, map}
        : new String[] {media, map, "a=fmtp:" + payloadType() + " " + fmtp.toText()};
  }

  /** What is agreed with a peer that declares {@code remote}; fails where nothing can be. */
  CodecParameters agree(Fmtp remote) {
    Optional<CodecParameters> agreed = factory.negotiate(descriptor, remote, fmtp);
    return agreed.orElseThrow(
        () -> new AssertionError(name + ": offered " + fmtp + ", answered " + remote));
  }

  /** The share that is left of a tone that is encoded and decoded, with nothing between. */
  double aloneShare(double toneHz, double peak, Duration length) {
    CodecParameters agreed = agree(fmtp);
    RtpStream stream = new RtpStream(payloadType());
    RtpTone.encode(this, agreed, toneHz, peak, length).forEach(stream::add);
    return ToneJudge.judge(stream.decode(this, agreed).heard(), toneHz).share();
  }

  @Override
  public String toString() {
    return name;
  }
}
