package org.mediacore.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mediacore.rtp.JitterBuffer.FRAME;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/**
 * A stream whose packets last 160 ms, and one of them 500 ms, each sent when its audio is there.
 */
class PacketDurationTest {
  private static final int TICKS_PER_MS = 8;
  private static final int SHORT_MS = 160;
  private static final int LONG_MS = 500;
  private static final int LONG_ONE = 3;
  private static final int DELAY_MS = 40;
  private static final int TICK_MS = 20;

  private long sent;
  private long timestampMs;
  private long dueMs = SHORT_MS;
  private int played;
  private int emptyMs;

  private static int lengthMs(long number) {
    return number == LONG_ONE ? LONG_MS : SHORT_MS;
  }

  private void play(JitterBuffer buffer, int untilMs) {
    int ahead = 0;
    for (int ms = 0; ms < untilMs; ms += TICK_MS) {
      while (dueMs <= ms) {
        ByteBuffer payload = ByteBuffer.allocate(4).putInt(0, lengthMs(sent));
        buffer.put(sent, timestampMs * TICKS_PER_MS, false, 8, payload, dueMs * 1_000_000);
        timestampMs += lengthMs(sent);
        dueMs += lengthMs(++sent);
      }
      while (ahead < TICK_MS) {
        int what = buffer.poll(ms * 1_000_000L);
        int gaveMs = 10;
        if (what == FRAME) {
          gaveMs = lengthMs(buffer.sequence());
          played++;
        } else {
          emptyMs += played > 0 ? gaveMs : 0;
        }
        buffer.advance(gaveMs * TICKS_PER_MS);
        ahead += gaveMs;
      }
      ahead -= TICK_MS;
    }
  }

  @Test
  void longerPacketIsPlayedWholeAndTheNextOnesWaitForIt() {
    JitterBuffer buffer =
        new JitterBuffer(
            8_000,
            DELAY_MS,
            32,
            (type, payload) -> payload.getInt(payload.position()) * TICKS_PER_MS);
    play(buffer, 20_000);
    assertEquals(sent - buffer.waiting(), played);
    assertEquals(LONG_MS - SHORT_MS - SHORT_MS / 2, emptyMs, "the one gap");
    assertEquals(0, buffer.counts().late() + buffer.counts().skipped());
  }

  /** Without a word of its duration, it is as long as the one before, and over. */
  @Test
  void packetOfUnknownDurationIsAsLongAsTheOneBefore() {
    JitterBuffer buffer = new JitterBuffer(8_000, DELAY_MS, 32);
    play(buffer, 20_000);
    assertEquals(sent - buffer.waiting() - 1, played);
    assertEquals(1, buffer.counts().late());
  }
}
