package org.mediacore.runtime.pipeline;

import org.mediacore.api.MediaSetupException;
import org.mediacore.runtime.registry.Provider;
import org.mediacore.runtime.registry.Standing;

/** What a successor is made from and tried with; a copy that any thread may use. */
public interface SwapTrial<P extends Provider> {
  /**
   * Makes a successor and primes it. Off the loop; may block.
   *
   * @param standing says whether the provider has passed its probation, and is told when it has
   * @throws MediaSetupException where it cannot be made or fails; nothing is open then
   */
  Successor run(P provider, SwapOutcome outcome, Standing standing) throws MediaSetupException;
}
