package org.mediacore.runtime.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutOfLineTest {
  @Test
  void actionIsGivenTheValue() {
    List<String> given = new ArrayList<>();
    OutOfLine<String> call = new OutOfLine<>(given::add);
    call.accept("a");
    call.accept(null);
    assertEquals("[a, null]", given.toString());
  }

  @Test
  void whatAnActionThrowsIsThrownUnchanged() {
    Error error = new StackOverflowError();
    RuntimeException exception = new IllegalStateException();
    OutOfLine<Throwable> call = new OutOfLine<>(OutOfLineTest::fail);
    assertSame(error, assertThrows(Error.class, () -> call.accept(error)));
    assertSame(exception, assertThrows(RuntimeException.class, () -> call.accept(exception)));
  }

  private static void fail(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
