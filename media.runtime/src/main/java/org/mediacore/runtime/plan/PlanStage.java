package org.mediacore.runtime.plan;

/**
 * One stage of a pipeline.
 *
 * @param role what kind of stage
 * @param what which one, with its settings
 * @param why why it is there and what would change that
 */
public record PlanStage(Role role, String what, String why) {
  /** The kinds of stages, in the order packets may pass them. */
  public enum Role {
    RECEIVE,
    RELAY,
    JITTER_BUFFER,
    DECODE,
    CONCEAL,
    PROCESS,
    CONVERT,
    MIX,
    PORT,
    REBLOCK,
    ENCODE,
    SEND
  }

  @Override
  public String toString() {
    String name = role.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    return why.isEmpty() ? name + ": " + what : name + ": " + what + " (" + why + ")";
  }
}
