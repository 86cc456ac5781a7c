package org.mediacore.runtime.pipeline;

import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;
import org.mediacore.api.processing.ProcessorDescriptor.Position;
import org.mediacore.runtime.processing.ProcessorProvider;

/**
 * One processor of a session, or the place where it would be, and the change to a successor between
 * two blocks. A processor that fails is passed by for that block.
 */
public final class ProcessStage {
  private static final int KEPT_MS = 200;

  private final String name;
  private final Position position;
  private final AudioFormat format;
  private final SampleHistory history;
  private final SuccessorSlot<ProcessorSuccessor> successor = new SuccessorSlot<>();
  private final FailureRun failures = new FailureRun();
  private volatile ProcessorProvider provider;
  private AudioProcessor processor;
  private long blocksFailed;

  /**
   * Creates the processor; may block, so not on a loop.
   *
   * @param provider whose processor, or {@link Bypass#PROVIDER} while there is none
   */
  public ProcessStage(
      String name, Position position, ProcessorProvider provider, AudioFormat format)
      throws MediaSetupException {
    this.name = name;
    this.position = position;
    this.provider = provider;
    this.format = format;
    int keptMs = Math.max(KEPT_MS, provider.descriptor().warmUpMs());
    this.history = new SampleHistory(format.samplesIn(keptMs * 1000), format.channels());
    this.processor = provider.create(format);
  }

  /** The processor's name. */
  public String name() {
    return name;
  }

  /** Which audio it works on. */
  public Position position() {
    return position;
  }

  AudioFormat format() {
    return format;
  }

  /** Who made the processor; any thread may ask. */
  public ProcessorProvider provider() {
    return provider;
  }

  /** The processor and who made it. */
  @Override
  public String toString() {
    return provider == Bypass.PROVIDER ? name + ", not there" : name + " by " + provider.info();
  }

  void listener(LegListener listener) {
    failures.listener(listener);
  }

  /** Works on a block in place; on the loop. */
  void process(short[] pcm, int offset, int samples) {
    history.add(pcm, offset, samples);
    if (!work(pcm, offset, samples)) {
      history.read(history.count() - samples, pcm, offset, samples);
      blocksFailed++;
      failures.failed(true, provider, "processor " + name);
    } else {
      failures.worked();
    }
    if (successor.waiting() != null) {
      change(pcm, offset, samples);
    }
  }

  private boolean work(short[] pcm, int offset, int samples) {
    try {
      int done = processor.process(pcm, offset, samples);
      if (done != samples) {
        failures.cause(new IllegalStateException("gave " + MediaStatus.nameOf(done)));
      }
      return done == samples;
    } catch (Throwable broken) {
      failures.cause(broken);
      return false;
    }
  }

  /** Blocks that the processor failed at. */
  long blocksFailed() {
    return blocksFailed;
  }

  // ---- change to a successor

  /** Whose successor waits to take over, where one does; any thread may ask. */
  public Optional<ProcessorProvider> awaited() {
    return Optional.ofNullable(successor.waiting()).map(ProcessorSuccessor::provider);
  }

  /** Refuses a successor of this provider that waits: it is not wanted any more; on the loop. */
  public void withdraw(ProcessorProvider unwanted) {
    successor.withdraw(next -> next.provider() == unwanted, "its provider is not wanted any more");
  }

  /** A copy of the audio that the processor was given last; on the loop. */
  public SwapTrial<ProcessorProvider> trial() {
    SampleHistory copy = history.copy();
    return (to, outcome, standing) -> ProcessorSuccessor.prepare(this, to, copy, outcome, standing);
  }

  /** Lets two providers' instances work on what this stage is given; off the loop, may block. */
  public Comparison comparison(
      ProcessorProvider predecessor, ProcessorProvider newcomer, Tally tally)
      throws MediaSetupException {
    return new ProcessorComparison(history, format, predecessor, newcomer, tally);
  }

  void succeed(ProcessorSuccessor next) {
    successor.put(next);
  }

  /** Lets the successor take over with this block, unless it has still some to catch up with. */
  private void change(short[] pcm, int offset, int samples) {
    ProcessorSuccessor next = successor.waiting();
    String fault = next.follow(history, samples);
    if (fault.isEmpty() && next.isBehind(history, samples)) {
      return;
    }
    successor.take();
    fault = fault.isEmpty() ? next.takeOver(history, pcm, offset, samples) : fault;
    if (!fault.isEmpty()) {
      next.outcome().refused(fault, next::discard, true);
      return;
    }
    ProcessorProvider formerProvider = provider;
    AudioProcessor former = processor;
    int addedDelay = delayOf(next.processor()) - delayOf(former);
    processor = next.processor();
    provider = next.provider();
    failures.worked();
    next.outcome()
        .switched(
            new SwapOutcome.Facts(Optional.empty(), next.levelStep(), 0, addedDelay),
            () -> formerProvider.close(former));
  }

  private static int delayOf(AudioProcessor processor) {
    try {
      return processor.delaySamples();
    } catch (RuntimeException | LinkageError broken) {
      return 0; // it breaks its contract; what it does with audio is judged elsewhere
    }
  }

  /** Lets go of a successor that waits; on the loop, before {@link #close}. */
  void release() {
    successor.close();
  }

  /** Closes the processor; off the loop, when the loop has let go of the stage. */
  void close() {
    provider.close(processor);
  }
}
