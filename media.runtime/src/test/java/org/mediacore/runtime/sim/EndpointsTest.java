package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointException.Reason;
import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.api.endpoint.EndpointRequest;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.osgi.framework.Version;

/** Who answers where several endpoint providers know an address. */
class EndpointsTest {
  private SimulatedPlatform platform;
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    platform = new SimulatedPlatform(1, Impairment.NONE);
  }

  /** What a provider does with a caller. */
  private interface Behaviour {
    void open(EndpointRequest request) throws EndpointException;
  }

  private EndpointProvider add(String version, int ranking, long id, Behaviour behaviour) {
    EndpointProvider provider =
        new EndpointProvider() {
          @Override
          public boolean handles(String address) {
            return address.startsWith("conf-");
          }

          @Override
          public void open(EndpointRequest request) throws EndpointException {
            asked.add(version);
            behaviour.open(request);
          }
        };
    add(provider, version, ranking, id);
    return provider;
  }

  private void add(EndpointProvider provider, String version, int ranking, long id) {
    platform
        .services()
        .endpoints()
        .add(provider, new ProviderInfo("endpoint", new Version(version), ranking, id));
  }

  private static void intoRoom(EndpointRequest request) throws EndpointException {
    try {
      request
          .session()
          .connect(
              request.manager().room(new RoomOptions(request.address(), 10)),
              ConnectOptions.DEFAULT);
    } catch (MediaSetupException refused) {
      throw new EndpointException(Reason.UNAVAILABLE, refused.getMessage(), refused);
    }
  }

  private MediaSession call() throws Exception {
    MediaSession caller = platform.session();
    platform.manager().open(caller, "conf-blue");
    return caller;
  }

  private Reason refusal() {
    return assertThrows(EndpointException.class, this::call).reason();
  }

  @Test
  void newerVersionAnswersAndItsCallersMeetThoseOfTheOlder() throws Exception {
    add("1.0.0", 0, 10, EndpointsTest::intoRoom);
    MediaSession first = call();
    EndpointProvider newer = add("1.1.0", 0, 20, EndpointsTest::intoRoom);
    MediaSession second = call();
    platform.services().endpoints().remove(newer);
    MediaSession third = call();
    assertEquals(List.of("1.0.0", "1.1.0", "1.0.0"), asked);
    for (MediaSession caller : List.of(first, second, third)) {
      assertEquals("room conf-blue", caller.report().peer());
    }
    assertEquals(3, platform.manager().room(new RoomOptions("conf-blue", 10)).size());
  }

  @Test
  void rankingIsAboveVersion() throws Exception {
    add("2.0.0", 0, 10, EndpointsTest::intoRoom);
    add("1.0.0", 1, 20, EndpointsTest::intoRoom);
    call();
    assertEquals(List.of("1.0.0"), asked);
  }

  @Test
  void providerThatThrowsIsPassedOver() throws Exception {
    add("1.0.0", 0, 10, EndpointsTest::intoRoom);
    add(
        "1.1.0",
        0,
        20,
        request -> {
          throw new NoClassDefFoundError("planted");
        });
    add(
        "1.2.0",
        0,
        30,
        request -> {
          throw new IllegalStateException("planted");
        });
    assertEquals("room conf-blue", call().report().peer());
    assertEquals(List.of("1.2.0", "1.1.0", "1.0.0"), asked);
  }

  @Test
  void providerThatThrowsWhenAskedWhatItHandlesIsPassedOver() throws Exception {
    add("1.0.0", 0, 10, EndpointsTest::intoRoom);
    EndpointProvider broken =
        new EndpointProvider() {
          @Override
          public boolean handles(String address) {
            throw new IllegalStateException("planted");
          }

          @Override
          public void open(EndpointRequest request) {
            asked.add("broken");
          }
        };
    add(broken, "1.1.0", 0, 20);
    call();
    assertEquals(List.of("1.0.0"), asked);
  }

  @Test
  void refusalIsAnAnswer() {
    EndpointException busy = new EndpointException(Reason.BUSY, "taken");
    add("1.0.0", 0, 10, EndpointsTest::intoRoom);
    add(
        "1.1.0",
        0,
        20,
        request -> {
          throw busy;
        });
    assertSame(busy, assertThrows(EndpointException.class, this::call));
    assertEquals(List.of("1.1.0"), asked);
  }

  @Test
  void addressThatNobodyHandlesIsNotFound() throws Exception {
    add("1.0.0", 0, 10, EndpointsTest::intoRoom);
    MediaSession caller = platform.session();
    EndpointException refused =
        assertThrows(
            EndpointException.class, () -> platform.manager().open(caller, "nobody-knows-this"));
    assertEquals(Reason.NOT_FOUND, refused.reason());
  }

  @Test
  void withoutAnyProviderAnAddressIsUnavailable() {
    EndpointProvider only = add("1.0.0", 0, 10, EndpointsTest::intoRoom);
    platform.services().endpoints().remove(only);
    assertEquals(Reason.UNAVAILABLE, refusal());
  }

  @Test
  void addressWhoseProvidersAllFailIsUnavailable() {
    add(
        "1.0.0",
        0,
        10,
        request -> {
          throw new IllegalStateException("planted");
        });
    assertEquals(Reason.UNAVAILABLE, refusal());
  }
}
