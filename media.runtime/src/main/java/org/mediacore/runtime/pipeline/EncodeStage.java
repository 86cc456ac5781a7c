package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.swap.SwapReceipt;
import org.mediacore.runtime.codec.CodecProvider;

/**
 * A session's encoder, with what it was made from, a count of failed frames, and the change to a
 * successor between two frames.
 */
public final class EncodeStage {
  private static final int LOSS_STEP_PERCENT = 5;

  private final CodecParameters parameters;
  private final ProcessChain sent;
  private final short[] processed;
  private final FrameHistory history;
  private volatile CodecProvider provider;
  private AudioEncoder encoder;
  private final SuccessorSlot<EncoderSuccessor> successor = new SuccessorSlot<>();
  private final FailureRun failures = new FailureRun();
  private SwapOutcome changed;
  private Runnable retire;
  private int expectedLossPercent;
  private EncoderTuning wished = EncoderTuning.NONE;
  private boolean leavesPausesOut;
  private long framesFailed;

  /**
   * Creates the encoder; may block, so not on a loop.
   *
   * @param sent what audio passes before it is encoded; the stage's from here on, unless this
   *     throws
   */
  public EncodeStage(CodecProvider provider, CodecParameters parameters, ProcessChain sent)
      throws MediaSetupException {
    this.sent = sent;
    int frameElements = parameters.samplesPerFrame() * parameters.sendFormat().channels();
    this.processed = new short[sent.isEmpty() ? 0 : frameElements];
    this.provider = provider;
    this.parameters = parameters;
    this.history = new FrameHistory(frameElements, parameters.frameDurationUs());
    this.encoder = provider.createEncoder(parameters);
  }

  /** What the encoder was made from. */
  public CodecParameters parameters() {
    return parameters;
  }

  /** What audio passes before it is encoded. */
  public ProcessChain sent() {
    return sent;
  }

  /** Who made the encoder; any thread may ask. */
  public CodecProvider provider() {
    return provider;
  }

  /** Encodes one frame; bytes written, 0 for nothing to send, or a negative status. */
  public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
    if (sent.isEmpty()) {
      return encodeAsIs(pcm, offset, samples, out);
    }
    System.arraycopy(pcm, offset, processed, 0, processed.length);
    sent.process(processed, 0, samples);
    return encodeAsIs(processed, 0, samples, out);
  }

  private int encodeAsIs(short[] pcm, int offset, int samples, ByteBuffer out) {
    if (successor.waiting() != null) {
      change();
    }
    history.add(pcm, offset);
    try {
      int bytes = encoder.encode(pcm, offset, samples, out);
      if (bytes >= 0) {
        failures.worked();
        return bytes;
      }
      return failed(bytes);
    } catch (Throwable broken) {
      failures.cause(broken);
      return failed(MediaStatus.FAILED);
    }
  }

  /** What to send in place of a frame that was left out: bytes of comfort noise, or 0. */
  int describePause(ByteBuffer out) {
    if (!leavesPausesOut) {
      return 0;
    }
    try {
      return Math.max(0, encoder.describePause(out));
    } catch (Throwable broken) {
      failures.cause(broken);
      framesFailed++;
      return 0;
    }
  }

  /** Says whether the peer takes comfort noise: an encoder that can then leaves pauses out. */
  void leavePausesOut(boolean may) {
    if (may != leavesPausesOut) {
      leavesPausesOut = may;
      tune(EncoderTuning.builder().dtx(may).build());
    }
  }

  private void tune(EncoderTuning tuning) {
    try {
      encoder.tune(tuning);
    } catch (Throwable broken) {
      failures.cause(broken);
      framesFailed++;
    }
  }

  private int failed(int status) {
    framesFailed++;
    failures.failed(true, provider, "encoder");
    return status;
  }

  /** Says who is told when the encoder fails time and again. */
  void listener(LegListener listener) {
    failures.listener(listener);
    sent.listener(listener);
  }

  /**
   * Tells the encoder what loss the peer reports, where it has changed enough to matter: to or from
   * none, or by five percent.
   */
  public void lossReported(int percent) {
    boolean fromOrToNone = percent == 0 != (expectedLossPercent == 0);
    if (!fromOrToNone && Math.abs(percent - expectedLossPercent) < LOSS_STEP_PERCENT) {
      return;
    }
    expectedLossPercent = percent;
    tune(EncoderTuning.builder().expectedLossPercent(percent).build());
  }

  /** Tells the encoder what the peer asks for in its payloads; a successor is told, too. */
  void peerWish(EncoderTuning wish) {
    wished = wish;
    tune(wish);
  }

  // ---- change to a successor

  /** Whose successor waits to take over, where one does; any thread may ask. */
  public Optional<CodecProvider> awaited() {
    return Optional.ofNullable(successor.waiting()).map(EncoderSuccessor::provider);
  }

  /** Refuses a successor of this provider that waits: it is not wanted any more; on the loop. */
  public void withdraw(CodecProvider unwanted) {
    successor.withdraw(next -> next.provider() == unwanted, "its provider is not wanted any more");
  }

  /** A copy of the frames encoded last; on the loop. */
  public SwapTrial<CodecProvider> trial() {
    FrameHistory copy = history.copy();
    return (to, outcome, standing) -> EncoderSuccessor.prepare(this, to, copy, outcome, standing);
  }

  /** Lets two providers' instances work on what this stage is given; off the loop, may block. */
  public Comparison comparison(CodecProvider predecessor, CodecProvider newcomer, Tally tally)
      throws MediaSetupException {
    return new EncoderComparison(history, parameters, predecessor, newcomer, tally);
  }

  /** Lets a successor take over with the next frame; on the loop. */
  void succeed(EncoderSuccessor next) {
    successor.put(next);
  }

  /** Lets the successor take over with this frame, unless it has still some to catch up with. */
  private void change() {
    EncoderSuccessor next = successor.waiting();
    String fault = next.follow(history);
    if (fault.isEmpty() && next.isBehind(history)) {
      return;
    }
    successor.take();
    fault = fault.isEmpty() ? next.takeOver() : fault;
    if (!fault.isEmpty()) {
      next.outcome().refused(fault, next::discard, true);
      return;
    }
    tellSilentChange();
    failures.worked(); // what counts from now on are the successor's
    CodecProvider formerProvider = provider;
    AudioEncoder former = encoder;
    encoder = next.encoder();
    provider = next.provider();
    if (expectedLossPercent > 0) {
      tune(EncoderTuning.builder().expectedLossPercent(expectedLossPercent).build());
    }
    if (wished != EncoderTuning.NONE) {
      tune(wished);
    }
    if (leavesPausesOut) {
      tune(EncoderTuning.builder().dtx(true).build());
    }
    changed = next.outcome();
    retire = () -> formerProvider.close(former);
  }

  /**
   * Whether the frame encoded last is the first one of a successor and no packet told of it yet.
   */
  boolean hasChanged() {
    return changed != null;
  }

  /**
   * Says which packets surround the change. Makes the record here: a class that is not loaded yet
   * would, in the method that sends every packet, cost that method its compiled code.
   */
  void tellChange(int sequenceBefore, int sequenceAfter, int timestampBefore, int timestampAfter) {
    SwapReceipt.Wire wire =
        new SwapReceipt.Wire(sequenceBefore, sequenceAfter, timestampBefore, timestampAfter);
    tellChange(Optional.of(wire));
  }

  private void tellChange(Optional<SwapReceipt.Wire> wire) {
    SwapOutcome outcome = changed;
    changed = null;
    outcome.switched(new SwapOutcome.Facts(wire, OptionalDouble.empty(), 0, 0), retire);
    retire = null;
  }

  /** Frames that the encoder or a processor failed at. */
  public long framesFailed() {
    return framesFailed + sent.blocksFailed();
  }

  /** Lets go of a successor that waits; on the loop, before {@link #close}. */
  public void release() {
    successor.close();
    sent.release();
    tellSilentChange();
  }

  /** Tells of a change that no packet has shown so far. */
  private void tellSilentChange() {
    if (changed != null) {
      tellChange(Optional.empty());
    }
  }

  /** Closes the encoder; off the loop, when the loop has let go of the stage. */
  public void close() {
    try {
      sent.close();
    } finally {
      provider.close(encoder);
    }
  }
}
