package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.api.endpoint.EndpointRequest;

/**
 * What a bundle with an {@link EndpointProvider} owes the platform: callers stay connected when it
 * is replaced, and what it connected them to goes on.
 */
public abstract class EndpointBundleContract extends BundleContract<EndpointProvider> {
  /** Made by a subclass that tests one bundle. */
  protected EndpointBundleContract() {
    super(EndpointProvider.class);
  }

  /**
   * Addresses that it handles and can open again and again, one of each kind. The first one is
   * opened and left {@link #createCloseCycles()} times.
   */
  protected abstract List<String> addresses();

  /**
   * Whether what an address plays comes to an end by itself: it is then heard to the end, and must
   * be the same each time.
   */
  protected boolean ends(String address) {
    return false;
  }

  /** Looks at what a call has left, such as a recording, after the caller has gone. */
  protected void checkLeft(String address) throws Exception {}

  @Override
  final BundleExercise open(EndpointProvider provider) throws Exception {
    EndpointExercise exercise = new EndpointExercise(this::checkLeft);
    FakeMediaManager manager = new FakeMediaManager();
    boolean complete = false;
    try {
      for (String address : addresses()) {
        FakeMediaSession caller = manager.call();
        exercise.add(caller, address, ends(address));
        provider.open(new EndpointRequest(address, caller, manager));
        assertTrue(caller.peer().isPresent(), address + " was opened, not connected");
      }
      complete = true;
    } finally {
      if (!complete) {
        exercise.close();
      }
    }
    return exercise;
  }

  @Override
  final void createAndClose(EndpointProvider provider) throws Exception {
    FakeMediaManager manager = new FakeMediaManager();
    FakeMediaSession caller = manager.call();
    provider.open(new EndpointRequest(addresses().get(0), caller, manager));
    caller.close();
  }
}
