package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
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
  private final PayloadHistory history = new PayloadHistory();
  private volatile CodecProvider provider;
  private AudioDecoder decoder;
  private DecoderSuccessor successor;
  private boolean ownConcealment = true;
  private boolean closed;
  private long samplesConcealed;
  private long framesFailed;

  /** Creates the decoder; may block, so not on a loop. */
  public DecodeStage(CodecProvider provider, CodecParameters parameters)
      throws MediaSetupException {
    this.provider = provider;
    this.parameters = parameters;
    this.format = parameters.receiveFormat();
    this.longestSamples = format.samplesIn(CodecParameters.MAX_PAYLOAD_DURATION_US);
    this.concealer = new FadingConcealer(format.sampleRateHz(), format.channels());
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
    int samples;
    try {
      samples = decoder.decode(payload, pcm, 0);
    } catch (Throwable broken) {
      framesFailed++;
      return MediaStatus.FAILED;
    }
    if (samples < 0 || samples > longestSamples) {
      framesFailed++;
      return samples < 0 ? samples : MediaStatus.FAILED;
    }
    if (successor != null) {
      change(payload, pcm, samples);
    }
    history.add(payload);
    concealer.good(pcm, 0, samples);
    return samples;
  }

  /** Fills in {@code samples} lost samples; {@code next} is the payload behind them. */
  public void recover(ByteBuffer next, int samples, short[] pcm) {
    try {
      if (decoder.recover(next, samples, pcm, 0) == samples) {
        concealer.good(pcm, 0, samples);
        return;
      }
    } catch (Throwable broken) {
      framesFailed++;
    }
    conceal(samples, pcm);
  }

  /** Fills in {@code samples} lost samples without knowing what follows. */
  public void conceal(int samples, short[] pcm) {
    samplesConcealed += samples;
    if (ownConcealment) {
      try {
        if (decoder.conceal(samples, pcm, 0) == samples) {
          concealer.good(pcm, 0, samples);
          return;
        }
      } catch (Throwable broken) {
        framesFailed++;
      }
      ownConcealment = false;
    }
    concealer.conceal(pcm, 0, samples);
  }

  // ---- change to a successor

  /** A copy of the payloads decoded last; on the loop. */
  public DecoderTrial trial() {
    return new DecoderTrial(parameters, history.copy());
  }

  /** Lets a successor take over with the next payload; on the loop. */
  public void succeed(DecoderSuccessor next) {
    if (closed || successor != null) {
      next.outcome().refused("the stage has ended or is changing", next::discard, false);
      return;
    }
    successor = next;
  }

  private void change(ByteBuffer payload, short[] pcm, int samples) {
    DecoderSuccessor next = successor;
    successor = null;
    String fault = next.takeOver(history, payload, pcm, samples);
    if (!fault.isEmpty()) {
      next.outcome().refused(fault, next::discard, true);
      return;
    }
    CodecProvider formerProvider = provider;
    AudioDecoder former = decoder;
    decoder = next.decoder();
    provider = next.provider();
    ownConcealment = true;
    next.outcome().switched(Optional.empty(), next.levelStep(), () -> formerProvider.close(former));
  }

  /** Samples per channel that were made up. */
  public long samplesConcealed() {
    return samplesConcealed;
  }

  /** Payloads that the decoder refused or failed at. */
  public long framesFailed() {
    return framesFailed;
  }

  /** Lets go of a successor that waits; on the loop, before {@link #close}. */
  public void release() {
    closed = true;
    if (successor != null) {
      DecoderSuccessor next = successor;
      successor = null;
      next.outcome().refused("the stage has ended", next::discard, false);
    }
  }

  /** Closes the decoder; off the loop, when the loop has let go of the stage. */
  public void close() {
    provider.close(decoder);
  }
}
