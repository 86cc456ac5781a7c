package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;
import static org.mediacore.runtime.sim.SimulatedPlatform.L16;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.osgi.framework.Version;

/** Codecs whose payloads tell our encoder something, and codecs that only decode. */
class OneWayCodecTest {
  private static final EncoderTuning WISH = EncoderTuning.builder().bitrateBps(4750).build();

  private final List<EncoderTuning> tuned = new ArrayList<>();
  private SimulatedPlatform platform;

  @BeforeEach
  void start() throws Exception {
    platform = new SimulatedPlatform(15, Impairment.NONE);
  }

  private void replace(AudioCodecFactory former, AudioCodecFactory now) {
    platform.services().codecs().remove(former);
    ProviderInfo info = new ProviderInfo("codec.test", new Version(1, 0, 0), 0, 20);
    platform.services().codecs().add(now, info);
  }

  @Test
  void whatThePeerAsksForReachesOurEncoderWithItsNextFrame() throws Exception {
    replace(G711, new Wishing(10));
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 425);
    MediaSession session = platform.answer(phone);
    session.connect(session, ConnectOptions.DECODED);
    platform.run(150);
    assertEquals(List.of(), tuned);
    platform.run(400);
    assertEquals(List.of(WISH), tuned);
  }

  @Test
  void codecThatOnlyDecodesTakesAStreamThatIsOnlySent() throws Exception {
    replace(L16, new DecodeOnly());
    SimulatedPhone phone = platform.phone(L16, "L16/16000", 100, 425);
    MediaSession session = platform.session();
    String answer = SimulatedPlatform.negotiate(session, phone.offer("sendonly"));
    assertTrue(answer.contains("a=recvonly"), answer);
    phone.call(answer);
    SimulatedPhone listener = platform.phone(G711, "PCMU/8000", 0, 700);
    MediaSession other = platform.answer(listener);
    session.connect(other, ConnectOptions.DEFAULT);
    platform.run(1_000);
    SeamlessStream.check(listener, 425);
  }

  @Test
  void codecThatOnlyDecodesIsNotForTwoWays() throws Exception {
    replace(L16, new DecodeOnly());
    SimulatedPhone phone = platform.phone(L16, "L16/16000", 100, 425);
    assertThrows(MediaSetupException.class, () -> platform.answer(phone));
    String offer = platform.session().negotiation().createOffer().sdp();
    assertFalse(offer.contains("L16"), offer);
  }

  private static final class DecodeOnly extends WrappedCodec {
    DecodeOnly() {
      super(L16);
    }

    @Override
    public boolean encodes(CodecDescriptor descriptor) {
      return false;
    }

    @Override
    public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
      throw new MediaSetupException(
          MediaSetupException.Reason.NOT_SUPPORTED, "decodes only", "encoder");
    }
  }

  private final class Wishing extends WrappedCodec {
    private final int after;

    Wishing(int after) {
      super(G711);
      this.after = after;
    }

    @Override
    public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
      AudioEncoder encoder = real.createEncoder(parameters);
      return new AudioEncoder() {
        @Override
        public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
          return encoder.encode(pcm, offset, samples, out);
        }

        @Override
        public boolean tune(EncoderTuning tuning) {
          tuned.add(tuning);
          return true;
        }

        @Override
        public void close() {
          encoder.close();
        }
      };
    }

    @Override
    public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
      AudioDecoder decoder = real.createDecoder(parameters);
      return new AudioDecoder() {
        private int frames;

        @Override
        public int decode(ByteBuffer payload, short[] pcm, int offset) {
          frames++;
          return decoder.decode(payload, pcm, offset);
        }

        @Override
        public EncoderTuning peerWish() {
          return frames >= after ? WISH : EncoderTuning.NONE;
        }

        @Override
        public int samplesIn(ByteBuffer payload) {
          return decoder.samplesIn(payload);
        }

        @Override
        public void close() {
          decoder.close();
        }
      };
    }
  }
}
