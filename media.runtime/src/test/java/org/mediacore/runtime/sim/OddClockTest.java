package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;
import static org.mediacore.runtime.sim.SimulatedPlatform.L16;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.mediacore.runtime.sim.SimulatedPhone.Received;

/** An RTP clock that is no multiple of the sampling rate: timestamps of packets are rounded. */
class OddClockTest {
  private static final int CLOCK_HZ = 90_000;

  /** L16 of 16 kHz, five and a half ticks to a sample. */
  private static final class OddClock extends WrappedCodec {
    OddClock() {
      super(L16);
    }

    private CodecDescriptor wide() {
      return real.descriptors().stream()
          .filter(descriptor -> descriptor.rtpmap().equals("L16/16000"))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public List<CodecDescriptor> descriptors() {
      return List.of(
          new CodecDescriptor(
              "ODD",
              wide().kind(),
              CLOCK_HZ,
              1,
              wide().audio(),
              OptionalInt.empty(),
              wide().frameDurationsUs(),
              Fmtp.NONE));
    }

    private static CodecParameters with(CodecDescriptor descriptor, CodecParameters other) {
      return new CodecParameters(
          descriptor,
          other.sendFormat(),
          other.receiveFormat(),
          other.local(),
          other.remote(),
          other.frameDurationUs());
    }

    @Override
    public Optional<CodecParameters> negotiate(
        CodecDescriptor descriptor, Fmtp remote, Fmtp local) {
      return real.negotiate(wide(), remote, local).map(agreed -> with(descriptor, agreed));
    }

    @Override
    public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
      return real.createEncoder(with(wide(), parameters));
    }

    @Override
    public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
      return real.createDecoder(with(wide(), parameters));
    }
  }

  @Test
  void lessThanASampleIsNoPause() throws Exception {
    SimulatedPlatform platform = new SimulatedPlatform(90, Impairment.NONE);
    OddClock codec = new OddClock();
    platform.replace(L16, codec, "codec.odd");
    SimulatedPhone talker = platform.phone(codec, "ODD/90000", 100, 440);
    talker.round(5);
    SimulatedPhone listener = platform.phone(G711, "PCMU/8000", 0, 1_000);
    MediaSession session = platform.answer(talker);
    session.connect(platform.answer(listener, "ptime:30"), ConnectOptions.DEFAULT);
    platform.run(1_000);
    assertEquals("transcode", session.report().drive());
    List<Received> packets = listener.received();
    assertTrue(packets.size() >= 950 / 30, packets.size() + " packets");
    for (int i = 1; i < packets.size(); i++) {
      assertEquals(packets.get(i - 1).timestamp() + 240, packets.get(i).timestamp(), "at " + i);
    }
    assertTrue(listener.toneShare(440) > 0.99, "tone " + listener.toneShare(440));
  }
}
