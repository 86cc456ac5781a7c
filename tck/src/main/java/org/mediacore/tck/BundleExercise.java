package org.mediacore.tck;

/**
 * Instances that were created and not used since, and what can be done with them, step by step. Two
 * exercises of the same bundle give the same results.
 */
interface BundleExercise extends AutoCloseable {
  /** How many steps there are; the last one closes the instances and uses them once more. */
  int steps();

  /** Does the next one; each is done once, in order. */
  void step(int index, Results results) throws Exception;

  /** Closes what is still open. */
  @Override
  void close() throws Exception;
}
