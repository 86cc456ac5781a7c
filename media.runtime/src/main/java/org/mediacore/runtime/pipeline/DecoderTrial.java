package org.mediacore.runtime.pipeline;

import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.runtime.codec.CodecProvider;

/** What a successor of a decoder is tried with; a copy that any thread may use. */
public final class DecoderTrial {
  private final CodecParameters parameters;
  private final PayloadHistory history;

  DecoderTrial(CodecParameters parameters, PayloadHistory history) {
    this.parameters = parameters;
    this.history = history;
  }

  /**
   * Makes a successor and primes it with the payloads of the last 200 ms. Off the loop; may block.
   *
   * @throws MediaSetupException where it cannot be made or fails
   */
  public DecoderSuccessor run(CodecProvider provider, SwapOutcome outcome)
      throws MediaSetupException {
    return DecoderSuccessor.prepare(provider, parameters, history, outcome);
  }
}
