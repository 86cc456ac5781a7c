package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.session.AudioPort;

/** Callers who are connected: they hear and are heard for a while, and hang up. */
final class EndpointExercise implements BundleExercise {
  private static final int TICKS = 20;
  private static final int TICK_US = 20_000;
  private static final long TIMEOUT_MS = 10_000;

  /** Looks at what a call has left. */
  interface Afterwards {
    void check(String address) throws Exception;
  }

  private record Call(FakeMediaSession caller, String address, boolean ends) {}

  private final List<Call> calls = new ArrayList<>();
  private final Afterwards afterwards;

  EndpointExercise(Afterwards afterwards) {
    this.afterwards = afterwards;
  }

  void add(FakeMediaSession caller, String address, boolean ends) {
    calls.add(new Call(caller, address, ends));
  }

  @Override
  public int steps() {
    return TICKS + 1;
  }

  @Override
  public void step(int index, Results results) throws Exception {
    for (Call call : calls) {
      if (index < TICKS) {
        tick(call, index, results);
      } else {
        hangUp(call, results);
      }
    }
  }

  /** Rooms and other sessions have nothing of the bundle in them; ports are its own. */
  private static void tick(Call call, int index, Results results) {
    assertTrue(call.caller().isOpen(), call.address() + " closed its caller");
    if (!call.ends() && call.caller().peer().orElse(null) instanceof AudioPort port) {
      AudioFormat format = port.format();
      short[] heard = TestAudio.frame(format, 1, index, format.samplesIn(TICK_US));
      call.caller().tick(heard);
      results.add(call.address() + " is", port.describe().isBlank() ? "nameless" : "named");
    }
  }

  private void hangUp(Call call, Results results) throws Exception {
    if (call.ends()) {
      hearToTheEnd(call, results);
    } else {
      assertTrue(call.caller().peer().isPresent(), call.address() + " left its caller");
    }
    call.caller().close();
    afterwards.check(call.address());
  }

  /** What it plays, without regard to when it came. */
  private static void hearToTheEnd(Call call, Results results) throws InterruptedException {
    Deadline deadline = new Deadline(TIMEOUT_MS);
    StringBuilder heard = new StringBuilder();
    while (call.caller().peer().orElse(null) instanceof AudioPort port) {
      AudioFormat format = port.format();
      short[] given = call.caller().tick(new short[format.elementsIn(TICK_US)]);
      for (short sample : given) {
        heard.append(sample).append(' ');
      }
      assertTrue(given.length > 0 || deadline.pause(), call.address() + " does not end");
    }
    assertFalse(heard.isEmpty(), call.address() + " played nothing");
    results.add(call.address() + " plays", heard.toString());
  }

  @Override
  public void close() {
    calls.forEach(call -> call.caller().close());
  }
}
