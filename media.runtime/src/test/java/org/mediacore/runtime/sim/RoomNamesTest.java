package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;

/** Rooms are found by their name, whoever asks. */
class RoomNamesTest {
  private static final RoomOptions BLUE = new RoomOptions("blue", 10);

  private SimulatedPlatform platform;
  private MediaManager manager;

  @BeforeEach
  void start() throws Exception {
    platform = new SimulatedPlatform(1, Impairment.NONE);
    manager = platform.manager();
  }

  private MediaSession member(Room room) throws MediaSetupException {
    MediaSession session = platform.session();
    session.connect(room, ConnectOptions.DEFAULT);
    return session;
  }

  private Reason refusal(Room room) {
    return assertThrows(MediaSetupException.class, () -> member(room)).reason();
  }

  @Test
  void roomThatSomebodyIsInIsFoundByItsName() throws Exception {
    Room room = manager.room(BLUE);
    member(room);
    assertSame(room, manager.room(new RoomOptions("blue", 10)));
    assertNotSame(room, manager.room(new RoomOptions("Blue", 10)));
  }

  @Test
  void bridgeAndMixingRoomOfOneNameAreTwo() throws Exception {
    Room room = manager.room(BLUE);
    member(room);
    Room bridge = manager.room(RoomOptions.bridge("blue"));
    member(bridge);
    assertEquals("bridge blue", bridge.describe());
    assertSame(room, manager.room(BLUE));
    assertSame(bridge, manager.room(RoomOptions.bridge("blue")));
  }

  @Test
  void limitOfTheExistingRoomHolds() throws Exception {
    member(manager.room(new RoomOptions("blue", 2)));
    member(manager.room(new RoomOptions("blue", 1_000)));
    assertEquals(Reason.LIMIT_REACHED, refusal(manager.room(new RoomOptions("blue", 1_000))));
  }

  @Test
  void nameIsFreeWhenTheLastMemberHasLeft() throws Exception {
    Room room = manager.room(BLUE);
    MediaSession first = member(room);
    MediaSession second = member(room);
    first.close();
    assertSame(room, manager.room(BLUE));
    second.close();
    assertTrue(room.isClosed());
    assertNotSame(room, manager.room(BLUE));
    member(manager.room(BLUE));
  }

  @Test
  void nameOfABridgeIsFreeWhenOneOfTwoHasLeft() throws Exception {
    Room bridge = manager.room(RoomOptions.bridge("blue"));
    MediaSession stays = member(bridge);
    member(bridge).close();
    Room next = manager.room(RoomOptions.bridge("blue"));
    member(next);
    stays.close(); // from the closed bridge: the next one keeps the name
    assertSame(next, manager.room(RoomOptions.bridge("blue")));
  }

  @Test
  void roomThatWasEnteredTooLateIsClosedAndTheOtherIsFound() throws Exception {
    Room first = manager.room(BLUE);
    Room second = manager.room(BLUE);
    member(first);
    assertEquals(Reason.WRONG_STATE, refusal(second));
    assertTrue(second.isClosed());
    assertEquals(0, second.size());
    assertSame(first, manager.room(BLUE));
  }

  @Test
  void roomThatStaysHasItsNameUntilItIsClosed() throws Exception {
    RoomOptions stays = new RoomOptions("blue", RoomOptions.Mode.MIX, 10, false);
    Room room = manager.room(stays);
    member(room).close();
    assertSame(room, manager.room(BLUE));
    room.close();
    assertNotSame(room, manager.room(BLUE));
    assertEquals(Reason.WRONG_STATE, refusal(room));
  }

  @Test
  void roomThatNobodyEnteredIsNotKept() {
    WeakReference<Room> room = new WeakReference<>(manager.room(BLUE));
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (room.get() != null) {
      assertTrue(System.nanoTime() < endNs, "somebody holds the room");
      System.gc();
    }
  }

  @Test
  void callersAtTheSameMomentMeetInOneRoom() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 200; round++) {
        RoomOptions options = new RoomOptions("room" + round, 10);
        MediaSession one = platform.session();
        MediaSession other = platform.session();
        Future<Room> first = threads.submit(() -> enter(one, options));
        Future<Room> second = threads.submit(() -> enter(other, options));
        while (!first.isDone() || !second.isDone()) {
          platform.run(1);
        }
        assertSame(first.get(), second.get(), "round " + round);
        assertFalse(first.get().isClosed());
        List.of(one, other).forEach(MediaSession::close);
        assertTrue(first.get().isClosed());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Asks until a room can be entered, as its contract says. */
  private Room enter(MediaSession session, RoomOptions options) throws MediaSetupException {
    while (true) {
      Room room = manager.room(options);
      try {
        session.connect(room, ConnectOptions.DEFAULT);
        return room;
      } catch (MediaSetupException refused) {
        if (!room.isClosed()) {
          throw refused;
        }
      }
    }
  }
}
