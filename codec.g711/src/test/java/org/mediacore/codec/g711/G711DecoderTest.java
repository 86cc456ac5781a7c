package org.mediacore.codec.g711;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mediacore.api.MediaStatus;
import org.mediacore.dsp.companding.CompandingLaw;

class G711DecoderTest {
  /** Any length, from one sample to 120 ms, and nothing beside it. */
  @ParameterizedTest
  @EnumSource
  void anyLengthIsConcealed(CompandingLaw law) {
    G711Decoder decoder = new G711Decoder(law, 960);
    byte[] payload = new byte[160];
    for (int i = 0; i < 160; i++) {
      payload[i] = (byte) (i / 20 % 2 * 0x80 | 0x20);
    }
    short[] pcm = new short[1000];
    for (int samples = 0; samples <= 960; samples++) {
      assertEquals(160, decoder.decode(ByteBuffer.wrap(payload), pcm, 0));
      Arrays.fill(pcm, (short) 12_345);
      assertEquals(samples, decoder.conceal(samples, pcm, 20));
      for (int i = 0; i < 1000; i++) {
        if (i < 20 || i >= 20 + samples) {
          assertEquals(12_345, pcm[i], samples + " samples: element " + i);
        }
      }
    }
  }

  @Test
  void noRoomIsAStatusAndChangesNothing() {
    G711Decoder decoder = new G711Decoder(CompandingLaw.MU_LAW, 960);
    short[] pcm = new short[100];
    Arrays.fill(pcm, (short) 7);
    short[] before = pcm.clone();
    assertEquals(MediaStatus.BUFFER_TOO_SMALL, decoder.conceal(101, pcm, 0));
    assertEquals(MediaStatus.BUFFER_TOO_SMALL, decoder.conceal(10, pcm, 91));
    assertEquals(MediaStatus.BUFFER_TOO_SMALL, decoder.conceal(10, pcm, -1));
    assertEquals(MediaStatus.BAD_INPUT, decoder.conceal(-1, pcm, 0));
    decoder.close();
    assertEquals(MediaStatus.FAILED, decoder.conceal(10, pcm, 0));
    assertArrayEquals(before, pcm);
  }
}
