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
  /**
   * How it ends, once all has been said.
   *
   * @param onceSilent whether whatever comes puts the end off
   * @param after how long from then on
   */
  private record End(boolean onceSilent, Duration after) {
    static final End ONCE_SILENT = new End(true, Duration.ofMillis(400));

    /** A room is never silent. */
    static final End IN_ROOM = new End(false, Duration.ofMillis(400));

    /** A room may hold back as much of those who fill their packets. */
    static final End IN_ROOM_OF_STREAMERS = new End(false, Duration.ofMillis(1_500));
  }

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
    run(phones, true, End.ONCE_SILENT, atMost, () -> true);
  }

  /**
   * As {@link #run}, where the platform never falls silent, as in a room: ends 400 ms after all has
   * been said.
   */
  static void runInRoom(List<Phone> phones, Duration atMost) {
    run(phones, true, End.IN_ROOM, atMost, () -> true);
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
    run(phones, false, End.ONCE_SILENT, atMost, over);
  }

  /**
   * As {@link #listen}, where the platform never falls silent, as in a room: ends 1.5 s after the
   * others have said all.
   */
  static void listenInRoom(List<Phone> phones, Duration atMost, BooleanSupplier over) {
    run(phones, false, End.IN_ROOM_OF_STREAMERS, atMost, over);
  }

  private static void run(
      List<Phone> phones, boolean speak, End end, Duration atMost, BooleanSupplier over) {
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
      talk(selector, speakers, end, startNs + atMost.toNanos(), over);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void talk(
      Selector selector,
      PriorityQueue<Phone> speakers,
      End end,
      long deadlineNs,
      BooleanSupplier over)
      throws IOException {
    long afterNs = end.after().toNanos();
    long lastNs = System.nanoTime();
    while (!speakers.isEmpty() || !over.getAsBoolean() || System.nanoTime() - lastNs < afterNs) {
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
        if (((Phone) key.attachment()).receive() && end.onceSilent()) {
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
