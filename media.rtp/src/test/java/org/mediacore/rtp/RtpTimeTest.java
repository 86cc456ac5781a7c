package org.mediacore.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtpTimeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 8000, 0",
    "125000, 8000, 1",
    "124999, 8000, 0",
    "-1, 8000, -1",
    "-125000, 8000, -1",
    "9223372036854775807, 90000, 830103483316929",
  })
  void ticks(long ns, int clockRateHz, long ticks) {
    assertEquals(ticks, RtpTime.ticks(ns, clockRateHz));
  }

  @Test
  void nsAndNtp() {
    assertEquals(-20_000_000, RtpTime.ns(-160, 8000));
    assertEquals(1_000_011_111, RtpTime.ns(90_001, 90_000));
    // RFC 5905 figure 4: 1970-01-01 is 2,208,988,800.
    assertEquals(2_208_988_800L << 32 | 0x80000000L, RtpTime.ntp(0, 500_000_000));
    assertEquals(0x2233_4455, RtpTime.middle32(0x0011_2233_4455_6677L));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "63", "64", "65", "100", "127", "128", "1000"})
  void windowMovesItsMarks(int by) {
    SequenceWindow window = new SequenceWindow();
    window.mark(0);
    window.mark(70);
    window.advance(by);
    for (int i = 0; i < SequenceWindow.SIZE; i++) {
      assertEquals(i == by || i == 70 + by, window.marked(i), "place " + i);
    }
    if (by < SequenceWindow.SIZE) {
      window.unmark(by);
      assertEquals(false, window.marked(by));
    }
  }
}
