package org.mediacore.bench.seam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpoolTest {
  @Test
  void recordsOfAllKinds() throws IOException {
    Spool spool = new SyntheticSpool().packets(0, 3).sent(5, 6, 7).late(2, 4).behind(3, 9).spool();
    assertEquals(3, spool.streams().get(0).packets());
    assertEquals(65_501, spool.streams().get(0).sequence(1));
    assertEquals(160, spool.streams().get(0).payload(2).remaining());
    assertArrayEquals(new long[] {5, 6, 7}, spool.sentNs().get(0));
    assertEquals(
        List.of(new Spool.Late(0, SyntheticSpool.START_NS + 40_000_000, 4_000_000)), spool.late());
    assertEquals(
        List.of(new Spool.Late(0, SyntheticSpool.START_NS + 60_000_000, 9_000_000)),
        spool.behind());
  }

  @Test
  void fileThatWasCutOff() throws IOException {
    byte[] whole = new SyntheticSpool().packets(0, 3).bytes();
    byte[] part = Arrays.copyOf(whole, whole.length - 1);
    assertThrows(IOException.class, () -> Spool.of(ByteBuffer.wrap(part), 1));
  }

  @Test
  void legThatIsNotThere() throws IOException {
    byte[] bytes = new SyntheticSpool().packets(0, 1).bytes();
    assertThrows(IOException.class, () -> Spool.of(ByteBuffer.wrap(bytes), 0));
  }

  @Test
  void latenessIsCountedFromTheSchedule() {
    long[] first = {1_000, 20_001_000, 45_001_000};
    long[] second = {10_001_000, 30_001_000, 50_001_000};
    assertEquals(5_000_000, Lateness.of(List.of(first, second)).mostNs());
  }

  @Test
  void seamsAreFoundByTime() {
    Seams seams = new Seams();
    assertEquals("without swaps", seams.near(5));
    seams.add(1_000_000_000, "beside");
    seams.add(3_000_000_000L, "over");
    assertEquals("before the first swap", seams.near(5));
    assertEquals("0.50 s behind swap 1 (beside)", seams.near(1_500_000_000));
    assertEquals("1.00 s behind swap 2 (over)", seams.near(4_000_000_000L));
  }
}
