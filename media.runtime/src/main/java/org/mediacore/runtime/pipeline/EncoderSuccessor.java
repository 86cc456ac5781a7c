package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.runtime.codec.CodecProvider;

/**
 * An encoder that is to take a call over: made and primed off the loop with the samples that its
 * predecessor was given last. Its first frame on the wire does not predict from frames that the far
 * decoder never had.
 */
public final class EncoderSuccessor {
  private static final int PAYLOAD_BYTES = 16 * 1024;

  private final CodecProvider provider;
  private final AudioEncoder encoder;
  private final int frameSamples;
  private final SwapOutcome outcome;
  private final ByteBuffer unsent = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
  private long primed;

  private EncoderSuccessor(
      CodecProvider provider, AudioEncoder encoder, int frameSamples, SwapOutcome outcome) {
    this.provider = provider;
    this.encoder = encoder;
    this.frameSamples = frameSamples;
    this.outcome = outcome;
  }

  /** As {@link DecoderSuccessor#prepare}. */
  static EncoderSuccessor prepare(
      CodecProvider provider, CodecParameters parameters, FrameHistory history, SwapOutcome outcome)
      throws MediaSetupException {
    AudioEncoder encoder = provider.createEncoder(parameters);
    EncoderSuccessor successor =
        new EncoderSuccessor(provider, encoder, parameters.samplesPerFrame(), outcome);
    String fault = successor.catchUp(history);
    if (!fault.isEmpty()) {
      provider.close(encoder);
      throw new MediaSetupException(Reason.NOT_SUPPORTED, provider + " failed its trial", fault);
    }
    return successor;
  }

  private String catchUp(FrameHistory history) {
    long from = Math.max(primed, history.oldest());
    try {
      for (long number = from; number < history.count(); number++) {
        unsent.clear();
        int bytes = encoder.encode(history.pcm(), history.offset(number), frameSamples, unsent);
        if (bytes < 0 || bytes != unsent.position()) {
          return "encoded " + MediaStatus.nameOf(bytes) + ", wrote " + unsent.position() + " bytes";
        }
      }
    } catch (Throwable broken) {
      return broken.toString();
    }
    primed = history.count();
    return "";
  }

  /** Gets ready for its first frame; says what is wrong, empty where nothing is. */
  String takeOver(FrameHistory history) {
    String fault = catchUp(history);
    if (!fault.isEmpty()) {
      return fault;
    }
    try {
      encoder.tune(EncoderTuning.builder().independentFrame(true).build());
      return "";
    } catch (Throwable broken) {
      return broken.toString();
    }
  }

  CodecProvider provider() {
    return provider;
  }

  AudioEncoder encoder() {
    return encoder;
  }

  SwapOutcome outcome() {
    return outcome;
  }

  /** Closes it; for one that has not taken over and was not given to a stage. Off the loop. */
  public void discard() {
    provider.close(encoder);
  }
}
