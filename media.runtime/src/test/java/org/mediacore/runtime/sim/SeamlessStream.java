package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.mediacore.runtime.sim.SimulatedPhone.Received;

/** What a phone must have received of a PCMU call with nothing missing. */
final class SeamlessStream {
  private SeamlessStream() {}

  /**
   * Every packet of one stream is there, 20 ms after the one before, and holds nothing but a tone.
   */
  static void check(SimulatedPhone phone, double toneHz) {
    List<Received> packets = phone.received();
    for (int i = 1; i < packets.size(); i++) {
      Received before = packets.get(i - 1);
      Received now = packets.get(i);
      assertEquals((before.sequence() + 1) & 0xFFFF, now.sequence(), "sequence at " + i);
      assertEquals(before.timestamp() + 160, now.timestamp(), "timestamp at " + i);
      assertEquals(before.ssrc(), now.ssrc(), "ssrc at " + i);
    }
    assertTrue(phone.toneShare(toneHz) > 0.99, "tone " + phone.toneShare(toneHz));
  }
}
