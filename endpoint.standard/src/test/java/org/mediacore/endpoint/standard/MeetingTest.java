package org.mediacore.endpoint.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointException.Reason;
import org.mediacore.api.endpoint.EndpointRequest;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.tck.FakeMediaSession;
import org.mediacore.tck.FakeRoom;

/** Echo, bridges and rooms. */
class MeetingTest {
  @TempDir Path home;
  private EndpointFixture at;

  @BeforeEach
  void start() {
    at = new EndpointFixture(home);
  }

  @Test
  void echoIsTheCallerItselfDecoded() throws Exception {
    FakeMediaSession caller = at.call("echo");
    assertSame(caller, caller.peer().orElseThrow());
    assertEquals(Optional.of(ConnectOptions.DECODED), caller.connectOptions());
  }

  @Test
  void firstTwoCallersOfABridgeMeetAndTheThirdIsBusy() throws Exception {
    FakeMediaSession first = at.call("bridge-blue");
    FakeMediaSession second = at.call("bridge-blue");
    FakeRoom bridge = at.manager.rooms().get(0);
    assertEquals("bridge blue", bridge.describe());
    assertEquals(List.of(first, second), bridge.members());
    assertEquals(Optional.of(ConnectOptions.DEFAULT), second.connectOptions());
    assertEquals(Reason.BUSY, at.refusal("bridge-blue"));
    assertEquals(List.of(first, second), bridge.members());
    at.call("bridge-Blue");
    assertEquals(2, at.manager.rooms().size());
  }

  @Test
  void bridgeIsFreeWhenTheOneWhoWaitsLeaves() throws Exception {
    at.call("bridge-b").close();
    FakeMediaSession next = at.call("bridge-b");
    assertEquals(List.of(next), at.manager.rooms().get(1).members());
  }

  @Test
  void bridgeIsFreeWhenOneOfTwoLeaves() throws Exception {
    FakeMediaSession first = at.call("bridge-b");
    FakeMediaSession second = at.call("bridge-b");
    first.close();
    assertEquals(1, second.events().size());
    FakeMediaSession third = at.call("bridge-b");
    FakeMediaSession fourth = at.call("bridge-b");
    assertEquals(List.of(third, fourth), at.manager.rooms().get(1).members());
  }

  @Test
  void callerWhoCannotBeConnectedDoesNotBlockTheBridge() throws Exception {
    MediaSetupException why =
        new MediaSetupException(MediaSetupException.Reason.RESOURCE_MISSING, "no codec", "");
    FakeMediaSession first = at.call("bridge-b");
    FakeMediaSession unlucky = at.manager.call();
    unlucky.refuseConnect(why);
    EndpointRequest request = new EndpointRequest("bridge-b", unlucky, at.manager);
    assertThrows(EndpointException.class, () -> at.endpoints.open(request));
    FakeMediaSession second = at.call("bridge-b");
    assertEquals(List.of(first, second), at.manager.rooms().get(0).members());
  }

  @Test
  void firstCallerWhoCannotBeConnectedLeavesNoBridgeBehind() throws Exception {
    FakeMediaSession unlucky = at.manager.call();
    unlucky.refuseConnect(
        new MediaSetupException(MediaSetupException.Reason.RESOURCE_MISSING, "no codec", ""));
    EndpointRequest request = new EndpointRequest("bridge-b", unlucky, at.manager);
    assertThrows(EndpointException.class, () -> at.endpoints.open(request));
    FakeMediaSession next = at.call("bridge-b");
    assertEquals(List.of(next), ((FakeRoom) next.peer().orElseThrow()).members());
  }

  @Test
  void sameCallerTwiceGoesOnWaiting() throws Exception {
    FakeMediaSession first = at.call("bridge-b");
    at.endpoints.open(new EndpointRequest("bridge-b", first, at.manager));
    assertEquals(List.of(first), at.manager.rooms().get(0).members());
  }

  @Test
  void callersOfTwoVersionsMeet() throws Exception {
    StandardEndpoints newer =
        new StandardEndpoints(() -> at.settings, () -> at.formats, new ManualWork());
    for (String address : List.of("conf-red", "bridge-blue")) {
      FakeMediaSession first = at.call(address);
      FakeMediaSession second = at.manager.call();
      newer.open(new EndpointRequest(address, second, at.manager));
      assertEquals(
          List.of(first, second), ((FakeRoom) second.peer().orElseThrow()).members(), address);
    }
  }

  @Test
  void callersAtTheSameMomentMeetInPairs() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 300; round++) {
        String address = "bridge-" + round;
        CyclicBarrier barrier = new CyclicBarrier(3);
        List<Future<Optional<FakeMediaSession>>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          calls.add(
              threads.submit(
                  () -> {
                    barrier.await();
                    try {
                      return Optional.of(at.call(address));
                    } catch (EndpointException busy) {
                      assertEquals(Reason.BUSY, busy.reason());
                      return Optional.empty();
                    }
                  }));
        }
        List<FakeMediaSession> joined = new ArrayList<>();
        for (Future<Optional<FakeMediaSession>> call : calls) {
          call.get(10, TimeUnit.SECONDS).ifPresent(joined::add);
        }
        assertEquals(2, joined.size(), "round " + round);
        assertSame(joined.get(0).peer().orElseThrow(), joined.get(1).peer().orElseThrow());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void secondCallerMeetsTheFirstOrWaitsAsItLeaves() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < 300; round++) {
        String address = "bridge-" + round;
        FakeMediaSession first = at.call(address);
        CyclicBarrier barrier = new CyclicBarrier(2);
        Future<?> leaving =
            thread.submit(
                () -> {
                  barrier.await();
                  first.close();
                  return true;
                });
        barrier.await();
        FakeMediaSession second = at.call(address);
        leaving.get(10, TimeUnit.SECONDS);
        second.close();
        FakeMediaSession third = at.call(address);
        FakeRoom bridge = (FakeRoom) third.peer().orElseThrow();
        assertEquals(List.of(third), bridge.members(), "round " + round);
      }
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void callersOfAConferenceShareARoomUntilTheLastLeft() throws Exception {
    FakeMediaSession first = at.call("conf-red");
    FakeMediaSession second = at.call("conf-red");
    FakeRoom room = at.manager.rooms().get(0);
    assertEquals(List.of(first, second), room.members());
    assertEquals("red", room.options().name());
    first.close();
    assertFalse(room.isClosed());
    second.close();
    assertTrue(room.isClosed());
    FakeMediaSession third = at.call("conf-red");
    assertSame(at.manager.rooms().get(1), third.peer().orElseThrow());
  }

  @Test
  void fullRoomIsBusy() throws Exception {
    at.settings = new EndpointSettings(at.dataDir, 16_000, 2, 10);
    at.call("conf-red");
    at.call("conf-red");
    assertEquals(Reason.BUSY, at.refusal("conf-red"));
    assertEquals(2, at.manager.rooms().get(0).size());
  }

  @Test
  void roomGoesOnWhenTheBundleStops() throws Exception {
    FakeMediaSession member = at.call("conf-red");
    at.endpoints.stop();
    at.work.close();
    assertFalse(at.manager.rooms().get(0).isClosed());
    member.close();
    assertTrue(at.manager.rooms().get(0).isClosed());
  }
}
