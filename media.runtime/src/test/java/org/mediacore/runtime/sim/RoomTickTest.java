package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;

/** A room whose tick takes long, beside calls whose packets are due at once. */
class RoomTickTest {
  private static final int MEMBERS = 12;
  private static final long ENCODE_NS = 500_000;

  /** What timers may take from packets, and what one member takes. */
  private static final long MAX_WAIT_NS = 1_000_000 + ENCODE_NS;

  private final SimulatedPlatform platform =
      new SimulatedPlatform(1, SimulatedNetwork.Impairment.NONE);

  RoomTickTest() throws Exception {}

  /** G.711 that needs half a millisecond of the simulated clock per frame. */
  private final class Slow extends WrappedCodec {
    private boolean slow;

    Slow() {
      super(SimulatedPlatform.G711);
    }

    @Override
    public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
      AudioEncoder encoder = real.createEncoder(parameters);
      return new AudioEncoder() {
        @Override
        public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
          platform.network().stall(slow ? ENCODE_NS : 0);
          return encoder.encode(pcm, offset, samples, out);
        }

        @Override
        public boolean tune(EncoderTuning tuning) {
          return encoder.tune(tuning);
        }

        @Override
        public void close() {
          encoder.close();
        }
      };
    }
  }

  @Test
  void packetsOfOthersDoNotWaitForAllMembers() throws Exception {
    Slow codec = new Slow();
    platform.replace(SimulatedPlatform.G711, codec, "codec.g711");
    Room room = platform.manager().room(new RoomOptions("x", MEMBERS));
    List<SimulatedPhone> members = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      members.add(platform.phone(SimulatedPlatform.G711, "PCMU/8000", 0, 300 + 40 * i));
      platform.answer(members.get(i)).connect(room, ConnectOptions.DEFAULT);
    }
    List<SimulatedPhone> others = new ArrayList<>();
    for (int i = 0; i < 20; i++) { // at any time of a room's tick
      SimulatedPhone phone = platform.phone(SimulatedPlatform.L16, "L16/8000", 96, 440);
      MediaSession session = platform.answer(phone);
      session.connect(session, ConnectOptions.DECODED);
      others.add(phone);
      platform.run(21);
    }
    codec.slow = true;
    members.forEach(phone -> phone.sendAhead(50));
    others.forEach(phone -> phone.sendAhead(50));
    platform.run(1_000);
    long waitedNs = platform.network().longestWaitNs();
    assertTrue(waitedNs > ENCODE_NS, "a tick took its time: " + waitedNs);
    assertTrue(waitedNs <= MAX_WAIT_NS, "waited " + waitedNs + " ns");
    members.forEach(SimulatedPhone::forget);
    platform.run(1_000);
    members.forEach(phone -> assertEquals(50, phone.received().size(), 1, "packets of a second"));
  }
}
