package org.mediacore.runtime.plan;

import java.util.List;

/**
 * The way of the packets in one direction.
 *
 * @param drive who drives it
 * @param stages the stages in order
 */
public record PipelinePlan(Drive drive, List<PlanStage> stages) {
  public PipelinePlan {
    stages = List.copyOf(stages);
  }

  /** Whether a stage of this role is in the plan. */
  public boolean has(PlanStage.Role role) {
    return stages.stream().anyMatch(stage -> stage.role() == role);
  }

  /** The stages as lines for a person. */
  public List<String> explain() {
    return stages.stream().map(PlanStage::toString).toList();
  }
}
