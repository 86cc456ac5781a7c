package org.mediacore.runtime.pipeline;

/** For a successor that is to take over: a refusal fails the test. */
final class MustSwitch implements SwapOutcome {
  @Override
  public void switched(Facts facts, Runnable retire) {
    retire.run();
  }

  @Override
  public void refused(String why, Runnable retire, boolean atFault) {
    throw new AssertionError(why);
  }
}
