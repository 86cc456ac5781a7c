package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.dsp.FadingConcealer;
import org.mediacore.runtime.codec.CodecProvider;

/**
 * A session's decoder with what surrounds it: concealment where the codec has none, counts, and the
 * change to a successor between two frames. A decoder that throws breaks its contract, whatever it
 * throws (a native library's fault arrives as an {@link Error}); the frame is then concealed and
 * counted as failed, and the call goes on.
 */
public final class DecodeStage {
  private final CodecParameters parameters;
  private final FadingConcealer concealer;
  private final AudioFormat format;
  private final int longestSamples;
  private final ProcessChain received;
  private final PayloadHistory history;
  private volatile PayloadHistory compared;
  private volatile CodecProvider provider;
  private AudioDecoder decoder;
  private final SuccessorSlot<DecoderSuccessor> successor = new SuccessorSlot<>();
  private boolean ownConcealment = true;
  private EncodeStage answering;
  private EncoderTuning lastWish = EncoderTuning.NONE;
  private final FailureRun failures = new FailureRun();
  private BooleanSupplier lacksTime = () -> false;
  private boolean hurried;
  private long samplesConcealed;
  private long framesFailed;

  /**
   * Creates the decoder; may block, so not on a loop.
   *
   * @param received what decoded audio passes; the stage's from here on, unless this throws
   */
  public DecodeStage(CodecProvider provider, CodecParameters parameters, ProcessChain received)
      throws MediaSetupException {
    this.received = received;
    this.provider = provider;
    this.parameters = parameters;
    this.format = parameters.receiveFormat();
    this.longestSamples = format.samplesIn(CodecParameters.MAX_PAYLOAD_DURATION_US);
    this.concealer = new FadingConcealer(format.sampleRateHz(), format.channels());
    this.history = new PayloadHistory(provider.primingMs());
    this.decoder = provider.createDecoder(parameters);
  }

  /** The audio that comes out. */
  public AudioFormat format() {
    return format;
  }

  /** What the decoder was made from. */
  public CodecParameters parameters() {
    return parameters;
  }

  /** What decoded audio passes. */
  public ProcessChain received() {
    return received;
  }

  /** Who made the decoder; any thread may ask. */
  public CodecProvider provider() {
    return provider;
  }

  /**
   * Decodes a payload into {@code pcm} from element 0 on.
   *
   * @return samples per channel, or a negative status: nothing was written
   */
  public int decode(ByteBuffer payload, short[] pcm) {
    PayloadHistory everything = compared;
    if (everything != null) {
      everything.add(payload);
    }
    if (hurried) {
      hurry();
    }
    int samples = decodeWith(decoder, payload, pcm);
    if (samples < 0 && samples != MediaStatus.BAD_INPUT && successor.waiting() != null) {
      samples = changeAlone(payload, pcm, samples);
    }
    if (samples < 0) {
      framesFailed++;
      // Bad input is the sender's fault, everything else the decoder's.
      failures.failed(samples != MediaStatus.BAD_INPUT, provider, "decoder");
      return samples;
    }
    failures.worked();
    if (successor.waiting() != null) {
      change(payload, pcm, samples);
    }
    listenForWish();
    history.add(payload);
    good(pcm, samples);
    return samples;
  }

  /** Samples per channel that a payload would be decoded to, or a negative status. */
  int samplesIn(ByteBuffer payload) {
    try {
      return decoder.samplesIn(payload);
    } catch (Throwable broken) {
      failures.cause(broken);
      return MediaStatus.FAILED;
    }
  }

  /** What the peer asks of our encoder reaches it before its next frame. */
  private void listenForWish() {
    try {
      EncoderTuning wish = decoder.peerWish();
      if (wish != lastWish && wish != EncoderTuning.NONE && answering != null) {
        lastWish = wish;
        answering.peerWish(wish);
      }
    } catch (Throwable broken) {
      failures.cause(broken);
      framesFailed++;
    }
  }

  /** Says which encoder sends to the peer whose payloads come in here; null for none. */
  void answering(EncodeStage encoder) {
    answering = encoder;
    lastWish = EncoderTuning.NONE;
  }

  /** Whether the far end pauses: {@link #conceal} then gives its comfort noise. */
  boolean pauses() {
    try {
      return decoder.pauses();
    } catch (Throwable broken) {
      failures.cause(broken);
      return false;
    }
  }

  /** The far end pauses: {@link #conceal} gives the noise that is described; 0 or a status. */
  int pause(ByteBuffer description) {
    int status = MediaStatus.FAILED;
    try {
      status = decoder.pause(description);
    } catch (Throwable broken) {
      failures.cause(broken);
    }
    if (status < 0) {
      framesFailed++;
    }
    return status;
  }

  private void good(short[] pcm, int samples) {
    concealer.good(pcm, 0, samples);
    received.process(pcm, 0, samples);
  }

  private int decodeWith(AudioDecoder which, ByteBuffer payload, short[] pcm) {
    try {
      int samples = which.decode(payload, pcm, 0);
      return samples > longestSamples ? MediaStatus.FAILED : samples;
    } catch (Throwable broken) {
      failures.cause(broken);
      return MediaStatus.FAILED;
    }
  }

  /**
   * Fills in {@code samples} lost samples, from what {@code next} tells of them or else made up.
   *
   * @param next the first payload behind them that is here
   * @param samplesToNext samples per channel from their end to the beginning of {@code next}
   */
  public void recover(ByteBuffer next, int samplesToNext, int samples, short[] pcm) {
    hurry();
    try {
      if (decoder.recover(next, samplesToNext, samples, pcm, 0) == samples) {
        good(pcm, samples);
        return;
      }
    } catch (Throwable broken) {
      failures.cause(broken);
      framesFailed++;
    }
    conceal(samples, pcm);
  }

  /** Fills in {@code samples} lost samples without knowing what follows. */
  public void conceal(int samples, short[] pcm) {
    if (!pauses()) {
      samplesConcealed += samples;
    }
    if (ownConcealment) {
      hurry();
      try {
        if (decoder.conceal(samples, pcm, 0) == samples) {
          good(pcm, samples);
          return;
        }
      } catch (Throwable broken) {
        failures.cause(broken);
        framesFailed++;
      }
      ownConcealment = false;
    }
    concealer.conceal(pcm, 0, samples);
    received.process(pcm, 0, samples);
  }

  /** Tells the decoder whether there is time, where that has changed. */
  private void hurry() {
    boolean now = lacksTime.getAsBoolean();
    if (now == hurried) {
      return;
    }
    hurried = now;
    try {
      decoder.hurry(now);
    } catch (Throwable broken) {
      failures.cause(broken);
      framesFailed++;
    }
  }

  /** Says when the thread that decodes is behind: what is lost then is filled in at least cost. */
  void lacksTime(BooleanSupplier thread) {
    lacksTime = thread;
  }

  /** Says who is told when the decoder fails time and again. */
  void listener(LegListener listener) {
    failures.listener(listener);
    received.listener(listener);
  }

  // ---- change to a successor

  /** Whose successor waits to take over, where one does; any thread may ask. */
  public Optional<CodecProvider> awaited() {
    return Optional.ofNullable(successor.waiting()).map(DecoderSuccessor::provider);
  }

  /** Refuses a successor of this provider that waits: it is not wanted any more; on the loop. */
  public void withdraw(CodecProvider unwanted) {
    successor.withdraw(next -> next.provider() == unwanted, "its provider is not wanted any more");
  }

  /** A copy of the payloads decoded last; on the loop. */
  public SwapTrial<CodecProvider> trial() {
    PayloadHistory copy = history.copy();
    return (to, outcome, standing) -> DecoderSuccessor.prepare(this, to, copy, outcome, standing);
  }

  /**
   * Lets two providers' instances work on what this stage is given, also on what its decoder
   * refuses; off the loop, may block. One at a time: the one before gets nothing any more.
   */
  public Comparison comparison(CodecProvider predecessor, CodecProvider newcomer, Tally tally)
      throws MediaSetupException {
    PayloadHistory everything = new PayloadHistory(AudioCodecFactory.LEAST_PRIMING_MS);
    DecoderComparison comparison =
        new DecoderComparison(
            everything, () -> compared = null, parameters, predecessor, newcomer, tally);
    compared = everything;
    return comparison;
  }

  /** Lets a successor take over with the next payload; on the loop. */
  void succeed(DecoderSuccessor next) {
    successor.put(next);
  }

  /** Lets the successor decode along, and take over once it sounds as the predecessor does. */
  private void change(ByteBuffer payload, short[] pcm, int samples) {
    DecoderSuccessor next = successor.waiting();
    String fault = next.follow(history, payload, pcm, samples);
    if (!fault.isEmpty()) {
      successor.take();
      next.outcome().refused(fault, next::discard, true);
    } else if (next.hasConverged()) {
      successor.take();
      next.fadeIn(pcm, samples);
      take(next);
    }
  }

  /**
   * The predecessor failed at this payload: where the successor does not, it takes over without a
   * fade.
   *
   * @return what the successor decoded, else what the predecessor said
   */
  private int changeAlone(ByteBuffer payload, short[] pcm, int status) {
    int samples = decodeWith(successor.waiting().decoder(), payload, pcm);
    if (samples < 0) {
      return status;
    }
    take(successor.take());
    return samples;
  }

  private void take(DecoderSuccessor next) {
    CodecProvider formerProvider = provider;
    AudioDecoder former = decoder;
    decoder = next.decoder();
    provider = next.provider();
    history.keep(provider.primingMs());
    ownConcealment = true;
    hurried = false; // of the new one
    next.outcome()
        .switched(SwapOutcome.Facts.level(next.levelStep()), () -> formerProvider.close(former));
  }

  /** Samples per channel that were made up. */
  public long samplesConcealed() {
    return samplesConcealed;
  }

  /** Payloads that the decoder refused or failed at, and blocks that a processor failed at. */
  public long framesFailed() {
    return framesFailed + received.blocksFailed();
  }

  /** Lets go of a successor that waits; on the loop, before {@link #close}. */
  public void release() {
    successor.close();
    received.release();
  }

  /** Closes the decoder; off the loop, when the loop has let go of the stage. */
  public void close() {
    try {
      received.close();
    } finally {
      provider.close(decoder);
    }
  }
}
