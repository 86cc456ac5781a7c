package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;

/**
 * All members of a room go missing at once, and to make up what they would have said costs more
 * than there is time for: as with a neural network, when a standstill has let jitter buffers run
 * dry.
 */
class HurriedConcealmentTest {
  private static final int MEMBERS = 12;
  private static final long CONCEAL_NS = 4_000_000;
  private static final long CHEAP_NS = 50_000;

  private final SimulatedPlatform platform =
      new SimulatedPlatform(1, SimulatedNetwork.Impairment.NONE);
  private final List<Dear> decoders = new ArrayList<>();
  private final List<SimulatedPhone> members = new ArrayList<>();

  HurriedConcealmentTest() throws Exception {}

  /** Conceals in four milliseconds of the simulated clock, or, hurried, in nearly none. */
  private final class Dear implements AudioDecoder {
    private final AudioDecoder real;
    private boolean hurried;
    private int dear;
    private int cheap;
    private int decodedHurried;

    Dear(AudioDecoder real) {
      this.real = real;
    }

    @Override
    public int decode(ByteBuffer payload, short[] pcm, int offset) {
      decodedHurried += hurried ? 1 : 0;
      return real.decode(payload, pcm, offset);
    }

    @Override
    public int samplesIn(ByteBuffer payload) {
      return real.samplesIn(payload);
    }

    @Override
    public int conceal(int samples, short[] pcm, int offset) {
      platform.network().stall(hurried ? CHEAP_NS : CONCEAL_NS);
      dear += hurried ? 0 : 1;
      cheap += hurried ? 1 : 0;
      return real.conceal(samples, pcm, offset);
    }

    @Override
    public void hurry(boolean now) {
      assertTrue(now != hurried, "only when it changes");
      hurried = now;
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private void callRoom() throws Exception {
    WrappedCodec codec =
        new WrappedCodec(SimulatedPlatform.G711) {
          @Override
          public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
            decoders.add(new Dear(real.createDecoder(parameters)));
            return decoders.get(decoders.size() - 1);
          }
        };
    platform.replace(SimulatedPlatform.G711, codec, "codec.g711");
    Room room = platform.manager().room(new RoomOptions("x", MEMBERS));
    for (int i = 0; i < MEMBERS; i++) {
      members.add(platform.phone(SimulatedPlatform.G711, "PCMU/8000", 0, 300 + 40 * i));
      platform.answer(members.get(i)).connect(room, ConnectOptions.DEFAULT);
    }
  }

  /** All members, for a second. */
  private void speak() {
    for (SimulatedPhone phone : members) {
      phone.sendAhead(50);
      phone.mute();
    }
  }

  @Test
  void loopThatIsBehindConcealsCheaply() throws Exception {
    callRoom();
    speak();
    platform.run(1_000);
    assertEquals(0, decoders.stream().mapToInt(decoder -> decoder.cheap).sum());
    members.forEach(SimulatedPhone::forget);
    platform.run(200); // 40 ms of which are in the jitter buffers, then 120 ms made up
    int dear = decoders.stream().mapToInt(decoder -> decoder.dear).sum();
    int cheap = decoders.stream().mapToInt(decoder -> decoder.cheap).sum();
    assertTrue(dear > 0 && cheap > 2 * dear, dear + " dear, " + cheap + " cheap");
    members.forEach(phone -> assertEquals(10, phone.received().size(), 1, "packets of 200 ms"));
  }

  @Test
  void decodersAreToldWhenThereIsTimeAgain() throws Exception {
    callRoom();
    speak();
    platform.run(1_300);
    assertTrue(decoders.stream().anyMatch(decoder -> decoder.hurried), "somebody was hurried");
    speak();
    platform.run(500);
    decoders.forEach(decoder -> assertFalse(decoder.hurried));
    decoders.forEach(decoder -> assertEquals(0, decoder.decodedHurried));
  }

  @Test
  void loopWithTimeConcealsAsWellAsItCan() throws Exception {
    callRoom();
    platform.run(1_000);
    members.get(0).mute();
    platform.run(300);
    assertTrue(decoders.get(0).dear > 0);
    decoders.forEach(decoder -> assertEquals(0, decoder.cheap));
  }
}
