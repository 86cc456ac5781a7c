package org.mediacore.runtime.pipeline;

import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.runtime.codec.CodecProvider;

/** What a successor of an encoder is tried with; a copy that any thread may use. */
public final class EncoderTrial {
  private final CodecParameters parameters;
  private final FrameHistory history;

  EncoderTrial(CodecParameters parameters, FrameHistory history) {
    this.parameters = parameters;
    this.history = history;
  }

  /**
   * Makes a successor and primes it with the samples of the last 200 ms. Off the loop; may block.
   *
   * @throws MediaSetupException where it cannot be made or fails
   */
  public EncoderSuccessor run(CodecProvider provider, SwapOutcome outcome)
      throws MediaSetupException {
    return EncoderSuccessor.prepare(provider, parameters, history, outcome);
  }
}
