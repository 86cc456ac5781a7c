package org.mediacore.codec.ilbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameLayoutTest {
  @ParameterizedTest
  @EnumSource
  void everyBitBelongsToOneField(FrameMode mode) {
    FrameLayout layout = FrameLayout.of(mode);
    byte[] data = new byte[mode.bytes + 4];
    byte[] again = new byte[mode.bytes + 4];
    int[] fields = new int[layout.fields];
    Random random = new Random(3951);
    for (int round = 0; round < 100; round++) {
      random.nextBytes(data);
      data[1 + mode.bytes] &= (byte) 0xFE; // the empty mark
      data[0] = again[0] = 77;
      System.arraycopy(data, mode.bytes + 2, again, mode.bytes + 2, 2);
      layout.unpack(data, 2, fields);
      data[1] = again[1];
      layout.pack(fields, again, 2);
      assertArrayEquals(data, again);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFirstBitsAreTheFirstSplitOfTheSpectrum(FrameMode mode) {
    FrameLayout layout = FrameLayout.of(mode);
    int[] fields = new int[layout.fields];
    fields[layout.lsf] = 0b101101;
    byte[] data = new byte[mode.bytes];
    layout.pack(fields, data, 0);
    assertEquals((byte) 0b10110100, data[0]);
  }

  @ParameterizedTest
  @EnumSource
  void theLastBitMarksAnEmptyFrame(FrameMode mode) {
    FrameLayout layout = FrameLayout.of(mode);
    byte[] data = new byte[mode.bytes];
    assertFalse(layout.isEmpty(data, 0));
    data[mode.bytes - 1] = 1;
    assertTrue(layout.isEmpty(data, 0));
  }

  @Test
  void gapsOfTheFirstOuterBlockCloseAndOpen() {
    FrameLayout layout = FrameLayout.of(FrameMode.MODE_30);
    int[] fields = new int[layout.fields];
    int field = layout.indexField(1, 2);
    int seen = 0;
    for (int index = 0; index < 256; index++) {
      if (index < 44 || index >= 108 && index < 172 || index >= 236) {
        fields[field] = index;
        layout.closeGaps(fields);
        assertEquals(seen++, fields[field], "index " + index);
        layout.openGaps(fields);
        assertEquals(index, fields[field]);
      }
    }
    assertEquals(128, seen);
  }
}
