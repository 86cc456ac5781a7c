package org.mediacore.runtime.pipeline;

import java.util.OptionalDouble;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;
import org.mediacore.runtime.loop.LoopScratch;
import org.mediacore.runtime.processing.ProcessorProvider;
import org.mediacore.runtime.registry.Standing;

/**
 * A processor that is to take a call over: made off the loop, and let hear there, without being
 * heard, the audio that its predecessor was given last, for as long as it needs to warm up.
 */
public final class ProcessorSuccessor implements Successor {
  private static final int BLOCK_US = 20_000;

  private final ProcessStage stage;
  private final ProcessorProvider provider;
  private final AudioProcessor processor;
  private final AudioFormat format;
  private final SwapOutcome outcome;
  private final short[] pcm = new short[LoopScratch.FRAME_ELEMENTS];
  private final int blockSamples;
  private long primed;
  private OptionalDouble levelStep = OptionalDouble.empty();

  private ProcessorSuccessor(
      ProcessStage stage,
      ProcessorProvider provider,
      AudioProcessor processor,
      SwapOutcome outcome) {
    this.stage = stage;
    this.provider = provider;
    this.processor = processor;
    this.format = stage.format();
    this.blockSamples = format.samplesIn(BLOCK_US);
    this.outcome = outcome;
  }

  /** As {@link DecoderSuccessor#prepare}. */
  static ProcessorSuccessor prepare(
      ProcessStage stage,
      ProcessorProvider provider,
      SampleHistory history,
      SwapOutcome outcome,
      Standing standing)
      throws MediaSetupException {
    boolean real = provider != Bypass.PROVIDER;
    if (real && history.count() > 0 && !standing.isProved(provider, stage.format())) {
      prove(stage, provider, history, outcome);
      if (history.count() >= (long) Probation.ENOUGH_FRAMES * stage.format().samplesIn(BLOCK_US)) {
        standing.proved(provider, stage.format());
      }
    }
    ProcessorSuccessor successor = create(stage, provider, outcome);
    Probation.require(successor, provider, successor.catchUp(history, history.count()));
    return successor;
  }

  private static ProcessorSuccessor create(
      ProcessStage stage, ProcessorProvider provider, SwapOutcome outcome)
      throws MediaSetupException {
    return new ProcessorSuccessor(stage, provider, provider.create(stage.format()), outcome);
  }

  /** Lets another instance work on the audio over and over. */
  private static void prove(
      ProcessStage stage, ProcessorProvider provider, SampleHistory history, SwapOutcome outcome)
      throws MediaSetupException {
    ProcessorSuccessor probe = create(stage, provider, outcome);
    int block = probe.blockSamples;
    int kept = (int) Math.max(1, (history.count() - history.oldest()) / block);
    int samples = (int) Math.min(block, history.count() - history.oldest());
    Probation.require(
        probe,
        provider,
        Probation.run(
            number ->
                probe.process(history, history.oldest() + (long) number % kept * block, samples),
            BLOCK_US));
    probe.discard();
  }

  /** Works on what it has not had yet, up to sample number {@code end}. */
  private String catchUp(SampleHistory history, long end) {
    primed = Math.max(primed, history.oldest());
    while (primed < end) {
      int samples = (int) Math.min(blockSamples, end - primed);
      String fault = process(history, primed, samples);
      if (!fault.isEmpty()) {
        return fault;
      }
      primed += samples;
    }
    return "";
  }

  private String process(SampleHistory history, long from, int samples) {
    history.read(from, pcm, 0, samples);
    try {
      int done = processor.process(pcm, 0, samples);
      return done == samples
          ? ""
          : "processed " + MediaStatus.nameOf(done) + " instead of " + samples + " samples";
    } catch (Throwable broken) {
      return broken.toString();
    }
  }

  /**
   * Comes nearer to its predecessor; says what is wrong, empty where nothing is.
   *
   * @param samples how long the block is that the predecessor has just worked on
   */
  String follow(SampleHistory history, int samples) {
    long most = Math.max(primed, history.oldest()) + (long) FRAMES_AT_A_TIME * samples;
    return catchUp(history, Math.min(most, history.count() - samples));
  }

  /** Whether the predecessor had audio before that block that this one has not. */
  boolean isBehind(SampleHistory history, int samples) {
    return primed < history.count() - samples;
  }

  /**
   * Takes over with the block that the predecessor has just worked on, cross-fading over 5 ms.
   *
   * @param history with the block, as it was before, at its end
   * @param output the predecessor's samples, changed into what is heard
   * @return what is wrong with the successor, empty where it has taken over
   */
  String takeOver(SampleHistory history, short[] output, int offset, int samples) {
    String fault = process(history, history.count() - samples, samples);
    if (fault.isEmpty()) {
      levelStep = Seam.levelStepDb(output, offset, pcm, samples, format.channels());
      Seam.crossFade(output, offset, pcm, samples, format);
    }
    return fault;
  }

  ProcessorProvider provider() {
    return provider;
  }

  AudioProcessor processor() {
    return processor;
  }

  OptionalDouble levelStep() {
    return levelStep;
  }

  @Override
  public SwapOutcome outcome() {
    return outcome;
  }

  @Override
  public boolean handOver() {
    stage.succeed(this);
    return true;
  }

  @Override
  public void discard() {
    provider.close(processor);
  }
}
