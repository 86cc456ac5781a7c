package org.mediacore.runtime.sim;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.codec.MediaKind;
import org.mediacore.api.payload.Depacketizer;
import org.mediacore.api.payload.Packetizer;
import org.mediacore.api.payload.PayloadFormat;
import org.mediacore.api.payload.PayloadFormatDescriptor;

/** L16 in two parts: samples as bare frames, and a payload format that adds nothing to them. */
final class Enveloped {
  static final String BARE = "SAMPLES";

  private Enveloped() {}

  /** L16's encoders and decoders under the name of a codec that makes frames only. */
  static final class Samples implements AudioCodecFactory {
    private static final AudioCodecFactory L16 = SimulatedPlatform.L16;

    private static CodecDescriptor renamed(CodecDescriptor descriptor, String encoding) {
      return new CodecDescriptor(
          encoding,
          descriptor.kind(),
          descriptor.rtpClockRateHz(),
          descriptor.rtpChannels(),
          descriptor.audio(),
          java.util.OptionalInt.empty(),
          descriptor.frameDurationsUs(),
          Fmtp.parse("config=1"));
    }

    private static CodecDescriptor real(CodecDescriptor bare) {
      return L16.descriptors().stream()
          .filter(descriptor -> renamed(descriptor, BARE).equals(bare))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public List<CodecDescriptor> descriptors() {
      return L16.descriptors().stream().map(descriptor -> renamed(descriptor, BARE)).toList();
    }

    @Override
    public boolean framesOnly(CodecDescriptor descriptor) {
      return true;
    }

    @Override
    public Optional<CodecParameters> negotiate(
        CodecDescriptor descriptor, Fmtp remote, Fmtp local) {
      return L16.negotiate(real(descriptor), Fmtp.NONE, Fmtp.NONE)
          .map(
              agreed ->
                  new CodecParameters(
                      descriptor,
                      agreed.sendFormat(),
                      agreed.receiveFormat(),
                      local,
                      remote,
                      agreed.frameDurationUs()));
    }

    private static CodecParameters toL16(CodecParameters agreed) {
      return new CodecParameters(
          real(agreed.descriptor()),
          agreed.sendFormat(),
          agreed.receiveFormat(),
          Fmtp.NONE,
          Fmtp.NONE,
          agreed.frameDurationUs());
    }

    @Override
    public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
      return L16.createEncoder(toL16(parameters));
    }

    @Override
    public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
      return L16.createDecoder(toL16(parameters));
    }
  }

  /** Lays samples into payloads as they are; counts, and can be told to fail. */
  static final class Format implements PayloadFormat {
    int read;
    int packetized;
    int open;

    /** Whether the marker stands on each packet. */
    boolean marks;

    /** What {@code read} gives from its hundredth payload on; 0 for what is right. */
    int later;

    @Override
    public PayloadFormatDescriptor descriptor() {
      return new PayloadFormatDescriptor("L16", MediaKind.AUDIO, BARE, marks);
    }

    @Override
    public Optional<Fmtp> codecParameters(Fmtp declared) {
      return Optional.of(Fmtp.parse("config=1"));
    }

    @Override
    public Fmtp declare(Fmtp codec, Fmtp remote) {
      return Fmtp.NONE;
    }

    @Override
    public Packetizer createPacketizer(CodecParameters agreed) {
      open++;
      return new Packetizer() {
        @Override
        public int packetize(ByteBuffer frame, ByteBuffer payload) {
          packetized++;
          int bytes = frame.remaining();
          payload.put(payload.position(), frame, frame.position(), bytes);
          payload.position(payload.position() + bytes);
          return bytes;
        }

        @Override
        public void close() {
          open--;
        }
      };
    }

    @Override
    public Depacketizer createDepacketizer(CodecParameters agreed) {
      open++;
      return new Depacketizer() {
        private int payloads;

        @Override
        public int read(ByteBuffer payload) {
          read++;
          payloads++;
          return later != 0 && payloads > 100 ? later : 1;
        }

        @Override
        public int frame(ByteBuffer payload, int index, ByteBuffer frame) {
          if (index != 0) {
            return MediaStatus.BAD_INPUT;
          }
          int bytes = payload.remaining();
          frame.put(frame.position(), payload, payload.position(), bytes);
          frame.position(frame.position() + bytes);
          return bytes;
        }

        @Override
        public void close() {
          open--;
        }
      };
    }
  }
}
