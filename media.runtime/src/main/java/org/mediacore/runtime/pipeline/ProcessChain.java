package org.mediacore.runtime.pipeline;

import java.util.List;

/** The processors that audio passes at one place of a session, in order. */
public final class ProcessChain {
  /** No processing. */
  public static final ProcessChain NONE = new ProcessChain(List.of());

  private final List<ProcessStage> list;
  private final ProcessStage[] stages;

  public ProcessChain(List<ProcessStage> stages) {
    this.list = List.copyOf(stages);
    this.stages = list.toArray(new ProcessStage[0]);
  }

  /** The stages, in order. */
  public List<ProcessStage> stages() {
    return list;
  }

  boolean isEmpty() {
    return stages.length == 0;
  }

  /** Works on a block in place; on the loop. */
  void process(short[] pcm, int offset, int samples) {
    for (ProcessStage stage : stages) {
      stage.process(pcm, offset, samples);
    }
  }

  void listener(LegListener listener) {
    list.forEach(stage -> stage.listener(listener));
  }

  void release() {
    list.forEach(ProcessStage::release);
  }

  /** Closes all; off the loop, when the loop has let go of them. */
  public void close() {
    list.forEach(ProcessStage::close);
  }

  long blocksFailed() {
    long failed = 0;
    for (ProcessStage stage : stages) {
      failed += stage.blocksFailed();
    }
    return failed;
  }
}
