package org.mediacore.runtime.pipeline;

import java.util.List;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;

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

  /** Works on audio in place, however long, in blocks that a processor takes; on the loop. */
  void process(short[] pcm, int offset, int samples) {
    if (stages.length == 0) {
      return;
    }
    AudioFormat format = stages[0].format();
    int longest = format.samplesIn(CodecParameters.MAX_FRAME_DURATION_US);
    for (int done = 0; done < samples; done += longest) {
      int block = Math.min(longest, samples - done);
      for (ProcessStage stage : stages) {
        stage.process(pcm, offset + done * format.channels(), block);
      }
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
