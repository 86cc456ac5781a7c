package org.mediacore.interop;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Lets phones talk at the same time, on the calling thread. */
final class Conversation {
  /** After the last packet was said, this long is waited for what else comes. */
  private static final Duration QUIET = Duration.ofMillis(400);

  /** What a room may hold back of those who fill their packets. */
  private static final Duration HELD_BACK = Duration.ofMillis(1_500);

  /** How often is looked whether it is over. */
  private static final long POLL_NS = Duration.ofMillis(20).toNanos();

  private Conversation() {}

  /**
   * Sends what every phone has prepared at the codec's pace, and takes what they hear. A phone that
   * is late catches up. Ends when all has been said and nothing more comes.
   *
   * @param atMost for the whole; a conversation that lasts longer fails
   */
  static void run(List<Phone> phones, Duration atMost) {
    run(phones, true, true, QUIET, atMost, () -> true);
  }

  /**
   * As {@link #run}, where the platform never falls silent, as in a room: ends 400 ms after all has
   * been said.
   */
  static void runInRoom(List<Phone> phones, Duration atMost) {
    run(phones, true, false, QUIET, atMost, () -> true);
  }

  /** Takes what has come so far. */
  static void take(List<Phone> phones) {
    try {
      for (Phone phone : phones) {
        phone.receive();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Takes what phones hear of others. They say nothing. Ends when the others have said all, and
   * nothing more comes.
   *
   * @param over whether those others have said all
   */
  static void listen(List<Phone> phones, Duration atMost, BooleanSupplier over) {
    run(phones, false, true, QUIET, atMost, over);
  }

  /**
   * As {@link #listen}, where the platform never falls silent, as in a room: ends 1.5 s after the
   * others have said all.
   */
  static void listenInRoom(List<Phone> phones, Duration atMost, BooleanSupplier over) {
    run(phones, false, false, HELD_BACK, atMost, over);
  }

  private static void run(
      List<Phone> phones,
      boolean speak,
      boolean untilQuiet,
      Duration quiet,
      Duration atMost,
      BooleanSupplier over) {
    try (Selector selector = Selector.open()) {
      PriorityQueue<Phone> speakers = new PriorityQueue<>(Comparator.comparingLong(Phone::dueNs));
      long startNs = System.nanoTime();
      for (int i = 0; i < phones.size(); i++) {
        Phone phone = phones.get(i);
        phone.channel().register(selector, SelectionKey.OP_READ, phone);
        phone.startAt(startNs + i * 20_000_000L / phones.size());
        if (speak) {
          speakers.add(phone);
        }
      }
      talk(selector, speakers, untilQuiet, quiet.toNanos(), startNs + atMost.toNanos(), over);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void talk(
      Selector selector,
      PriorityQueue<Phone> speakers,
      boolean untilQuiet,
      long quietNs,
      long deadlineNs,
      BooleanSupplier over)
      throws IOException {
    long lastNs = System.nanoTime();
    while (!speakers.isEmpty() || !over.getAsBoolean() || System.nanoTime() - lastNs < quietNs) {
      long nowNs = System.nanoTime();
      if (nowNs - deadlineNs > 0) {
        throw new AssertionError("the conversation does not end; " + speakers.size() + " talk");
      }
      long waitNs = speakers.isEmpty() ? POLL_NS : speakers.peek().dueNs() - nowNs;
      if (waitNs > 1_000_000) {
        selector.select(waitNs / 1_000_000);
      } else {
        selector.selectNow();
        speak(speakers);
      }
      for (SelectionKey key : selector.selectedKeys()) {
        if (((Phone) key.attachment()).receive() && untilQuiet) {
          lastNs = System.nanoTime();
        }
      }
      selector.selectedKeys().clear();
      lastNs = speakers.isEmpty() && over.getAsBoolean() ? lastNs : System.nanoTime();
    }
  }

  /** Sends the next packet, up to a millisecond early. */
  private static void speak(PriorityQueue<Phone> speakers) throws IOException {
    Phone phone = speakers.poll();
    if (phone.hasMore()) {
      phone.sendNext();
      speakers.add(phone);
    }
  }
}
