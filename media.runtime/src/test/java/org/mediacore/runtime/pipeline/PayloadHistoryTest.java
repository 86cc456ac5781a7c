package org.mediacore.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadHistoryTest {
  private final PayloadHistory history = new PayloadHistory(100);

  @Test
  void newestAreKept() {
    add(0, 12);
    assertEquals(12, history.count());
    assertEquals(List.of(7, 8, 9, 10, 11), kept(history));
  }

  @Test
  void fewerThanFit() {
    assertEquals(List.of(), kept(history));
    add(0, 3);
    assertEquals(List.of(0, 1, 2), kept(history));
  }

  @Test
  void positionDoesNotMove() {
    ByteBuffer payload = ByteBuffer.allocate(9).position(4);
    history.add(payload);
    assertEquals(4, payload.position());
    assertEquals(5, history.get(0).remaining());
  }

  @Test
  void largerPayloadsFit() {
    add(0, 7);
    history.add(ByteBuffer.allocate(1_000));
    assertEquals(List.of(3, 4, 5, 6), kept(history).subList(0, 4));
    assertEquals(1_000, history.get(7).remaining());
  }

  @Test
  void copyStaysAsItWas() {
    add(0, 6);
    PayloadHistory copy = history.copy();
    add(6, 20);
    assertEquals(List.of(1, 2, 3, 4, 5), kept(copy));
    assertEquals(6, copy.count());
  }

  @Test
  void moreIsKeptFromThenOn() {
    add(0, 7);
    history.keep(160);
    assertEquals(List.of(2, 3, 4, 5, 6), kept(history), "what is gone is gone");
    add(7, 9);
    assertEquals(List.of(2, 3, 4, 5, 6, 7, 8), kept(history));
    add(9, 12);
    assertEquals(List.of(4, 5, 6, 7, 8, 9, 10, 11), kept(history));
  }

  @Test
  void lessIsKept() {
    add(0, 7);
    history.keep(40);
    assertEquals(List.of(5, 6), kept(history));
    add(7, 8);
    assertEquals(List.of(6, 7), kept(history));
  }

  /** Payloads of several lengths whose first byte is their number. */
  private void add(int from, int to) {
    for (int number = from; number < to; number++) {
      history.add(ByteBuffer.allocate(1 + number % 3).put(0, (byte) number));
    }
  }

  private static List<Integer> kept(PayloadHistory history) {
    List<Integer> numbers = new ArrayList<>();
    for (long number = history.oldest(); number < history.count(); number++) {
      ByteBuffer payload = history.get(number);
      numbers.add((int) payload.get(payload.position()));
    }
    return numbers;
  }
}
