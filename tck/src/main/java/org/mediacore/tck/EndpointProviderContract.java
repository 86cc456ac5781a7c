package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.api.endpoint.EndpointRequest;
import org.mediacore.api.session.AudioPort;

/** What every {@link EndpointProvider} owes the platform. */
public abstract class EndpointProviderContract {
  /** The provider under test; one for all calls of a test. */
  protected abstract EndpointProvider provider();

  /** An address that it handles and can open, again and again after the caller has left. */
  protected abstract String goodAddress();

  /** An address that it does not handle, or handles and must refuse. */
  protected abstract String refusedAddress();

  /**
   * Odd addresses of its own that {@link EndpointProvider#handles} and {@code open} must survive.
   */
  protected List<String> oddAddresses() {
    return List.of();
  }

  /** Calls to open and close in the leak test. */
  protected int createCloseCycles() {
    return 10_000;
  }

  /** Bytes that may stay on the heap after {@link #createCloseCycles()}; six times that off it. */
  protected long leakBoundBytes() {
    return 8L << 20;
  }

  /** Called after each call of the leak test, for what otherwise happens in the background. */
  protected void callEnded() throws IOException {}

  /** {@link EndpointProvider#handles}: any text has an answer, and always the same. */
  @Test
  void handlesIsTotal() {
    EndpointProvider provider = provider();
    for (String address : allOdd()) {
      boolean first = Check.noThrow(shown(address), () -> provider.handles(address));
      assertEquals(first, provider.handles(address), shown(address));
    }
    assertTrue(provider.handles(goodAddress()), goodAddress());
  }

  /** {@link EndpointProvider#open}: afterwards the caller is connected to something. */
  @Test
  void openConnectsTheCaller() throws EndpointException {
    FakeMediaManager manager = new FakeMediaManager();
    FakeMediaSession caller = manager.call();
    provider().open(new EndpointRequest(goodAddress(), caller, manager));
    assertTrue(caller.peer().isPresent(), "not connected");
    assertTrue(caller.isOpen(), "the caller's session is its owner's to close");
    caller.close();
  }

  /** {@link EndpointProvider#open}: a caller that left does not stand in the way of the next. */
  @Test
  void nextCallerFindsItFree() throws EndpointException {
    FakeMediaManager manager = new FakeMediaManager();
    EndpointProvider provider = provider();
    for (int i = 0; i < 50; i++) {
      FakeMediaSession caller = manager.call();
      provider.open(new EndpointRequest(goodAddress(), caller, manager));
      assertTrue(caller.peer().isPresent(), "call " + i);
      caller.close();
    }
  }

  /** Callers share nothing but what they meet in: one that leaves takes nobody along. */
  @Test
  void callersAreIsolated() throws EndpointException {
    FakeMediaManager manager = new FakeMediaManager();
    EndpointProvider provider = provider();
    FakeMediaSession one = manager.call();
    FakeMediaSession other = manager.call();
    provider.open(new EndpointRequest(goodAddress(), one, manager));
    provider.open(new EndpointRequest(goodAddress(), other, manager));
    boolean ports = one.peer().orElseThrow() instanceof AudioPort;
    assertFalse(ports && one.peer().equals(other.peer()), "a port serves one session");
    one.close();
    assertTrue(other.isOpen(), "closed along with another caller");
    assertFalse(ports && other.peer().isEmpty(), "left along with another caller");
    other.close();
  }

  /** {@link AudioPort}: where an address is one, it keeps the rules of the media loop. */
  @Test
  void portKeepsTheRules() throws EndpointException {
    FakeMediaManager manager = new FakeMediaManager();
    FakeMediaSession caller = manager.call();
    provider().open(new EndpointRequest(goodAddress(), caller, manager));
    if (caller.peer().orElseThrow() instanceof AudioPort port) {
      PortRules.check(port);
    }
    caller.close();
  }

  /** Calls that have ended leave no memory and no classes behind. */
  @Test
  void endedCallsLeaveNothing() throws EndpointException, IOException {
    EndpointProvider provider = provider();
    FakeMediaManager manager = new FakeMediaManager();
    callAndLeave(provider, manager, 100);
    MemoryGrowth growth = MemoryGrowth.start();
    callAndLeave(provider, manager, createCloseCycles());
    growth.assertBounded(leakBoundBytes(), createCloseCycles() + " calls");
  }

  private void callAndLeave(EndpointProvider provider, FakeMediaManager manager, int calls)
      throws EndpointException, IOException {
    for (int i = 0; i < calls; i++) {
      FakeMediaSession caller = manager.call();
      provider.open(new EndpointRequest(goodAddress(), caller, manager));
      caller.close();
      callEnded();
    }
  }

  /** {@link EndpointProvider#open}: what cannot be opened is an {@link EndpointException}. */
  @Test
  void refusalIsAnEndpointException() {
    FakeMediaManager manager = new FakeMediaManager();
    FakeMediaSession caller = manager.call();
    EndpointException refused =
        assertThrows(
            EndpointException.class,
            () -> provider().open(new EndpointRequest(refusedAddress(), caller, manager)));
    assertFalse(refused.getMessage().isBlank());
    assertTrue(caller.isOpen(), "the caller's session is its owner's to close");
    assertTrue(caller.peer().isEmpty(), "connected although it was refused");
  }

  /** {@link EndpointProvider#open}: no text leads to another exception. */
  @Test
  void openingOddAddressesNeverThrowsAnythingElse() {
    EndpointProvider provider = provider();
    FakeMediaManager manager = new FakeMediaManager();
    for (String address : allOdd()) {
      FakeMediaSession caller = manager.call();
      Check.noThrow(
          shown(address),
          () -> {
            try {
              provider.open(new EndpointRequest(address, caller, manager));
              assertTrue(caller.peer().isPresent(), shown(address) + ": opened, not connected");
            } catch (EndpointException refused) {
              assertFalse(refused.getMessage().isBlank(), shown(address));
            }
            return true;
          });
      caller.close();
    }
  }

  /** A session that cannot be connected is an {@link EndpointException} with its cause. */
  @Test
  void failedConnectionIsAnEndpointException() throws EndpointException {
    FakeMediaManager manager = new FakeMediaManager();
    EndpointProvider provider = provider();
    FakeMediaSession caller = manager.call();
    MediaSetupException why =
        new MediaSetupException(
            MediaSetupException.Reason.RESOURCE_MISSING, "no codec instance could be made", "");
    caller.refuseConnect(why);
    EndpointException refused =
        assertThrows(
            EndpointException.class,
            () -> provider.open(new EndpointRequest(goodAddress(), caller, manager)));
    assertSame(why, refused.getCause());
    caller.close();
    FakeMediaSession next = manager.call();
    provider.open(new EndpointRequest(goodAddress(), next, manager));
    assertTrue(next.peer().isPresent());
    next.close();
  }

  private List<String> allOdd() {
    List<String> odd =
        new ArrayList<>(
            List.of(
                "",
                " ",
                "-",
                ".",
                "..",
                "/",
                "../../etc/passwd",
                "\0",
                "\n",
                "%s",
                "%2e%2e%2f",
                "a".repeat(10_000),
                "\uD83D\uDE00",
                "\uD800",
                "\u0130",
                "nobody-knows-this"));
    odd.addAll(oddAddresses());
    Random random = new Random(99);
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? goodAddress() : "");
      for (int n = random.nextInt(20); n >= 0; n--) {
        text.insert(random.nextInt(text.length() + 1), (char) random.nextInt(0x250));
      }
      odd.add(text.toString());
    }
    return odd;
  }

  private static String shown(String address) {
    return "address '" + (address.length() > 60 ? address.substring(0, 60) + "..." : address) + "'";
  }
}
