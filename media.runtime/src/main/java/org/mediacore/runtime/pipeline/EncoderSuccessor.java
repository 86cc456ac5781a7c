package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.registry.Standing;

/**
 * An encoder that is to take a call over: made and primed off the loop with the samples that its
 * predecessor was given last. Its first frame on the wire does not predict from frames that the far
 * decoder never had.
 */
public final class EncoderSuccessor implements Successor {
  private static final int PAYLOAD_BYTES = 16 * 1024;

  /** What a provider is on probation for. */
  private record Encoding(CodecParameters parameters) {}

  private final EncodeStage stage;
  private final CodecProvider provider;
  private final AudioEncoder encoder;
  private final int frameSamples;
  private final SwapOutcome outcome;
  private final ByteBuffer unsent = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
  private long primed;

  private EncoderSuccessor(
      EncodeStage stage, CodecProvider provider, AudioEncoder encoder, SwapOutcome outcome) {
    this.stage = stage;
    this.provider = provider;
    this.encoder = encoder;
    this.frameSamples = stage.parameters().samplesPerFrame();
    this.outcome = outcome;
  }

  /** As {@link DecoderSuccessor#prepare}. */
  static EncoderSuccessor prepare(
      EncodeStage stage,
      CodecProvider provider,
      FrameHistory history,
      SwapOutcome outcome,
      Standing standing)
      throws MediaSetupException {
    if (stage.provider().encodes() && !provider.encodes()) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          provider + " failed its trial",
          "does not encode, as " + stage.provider() + " does");
    }
    Encoding encoding = new Encoding(stage.parameters());
    if (history.count() > 0 && !standing.isProved(provider, encoding)) {
      prove(stage, provider, history, outcome);
      if (history.count() >= Probation.ENOUGH_FRAMES) {
        standing.proved(provider, encoding);
      }
    }
    EncoderSuccessor successor = create(stage, provider, outcome);
    Probation.require(successor, provider, successor.catchUp(history, Long.MAX_VALUE));
    return successor;
  }

  private static EncoderSuccessor create(
      EncodeStage stage, CodecProvider provider, SwapOutcome outcome) throws MediaSetupException {
    return new EncoderSuccessor(
        stage, provider, provider.createEncoder(stage.parameters()), outcome);
  }

  /** Lets another instance encode the frames over and over. */
  private static void prove(
      EncodeStage stage, CodecProvider provider, FrameHistory history, SwapOutcome outcome)
      throws MediaSetupException {
    EncoderSuccessor probe = create(stage, provider, outcome);
    int kept = (int) (history.count() - history.oldest());
    Probation.require(
        probe,
        provider,
        Probation.run(
            number -> probe.encode(history.pcm(), history.offset(history.oldest() + number % kept)),
            stage.parameters().frameDurationUs()));
    probe.discard();
  }

  private String catchUp(FrameHistory history, long most) {
    primed = Math.max(primed, history.oldest());
    for (long i = 0; i < most && isBehind(history); i++) {
      String fault = encode(history.pcm(), history.offset(primed));
      if (!fault.isEmpty()) {
        return fault;
      }
      primed++;
    }
    return "";
  }

  /** Whether the predecessor has had frames that it has not. */
  boolean isBehind(FrameHistory history) {
    return primed < history.count();
  }

  private String encode(short[] pcm, int offset) {
    unsent.clear();
    try {
      int bytes = encoder.encode(pcm, offset, frameSamples, unsent);
      return bytes < 0 || bytes != unsent.position()
          ? "encoded " + MediaStatus.nameOf(bytes) + ", wrote " + unsent.position() + " bytes"
          : "";
    } catch (Throwable broken) {
      return broken.toString();
    }
  }

  /**
   * Comes nearer to its predecessor before the next frame; says what is wrong, empty where nothing
   * is.
   */
  String follow(FrameHistory history) {
    return catchUp(history, FRAMES_AT_A_TIME);
  }

  /** Gets ready for its first frame; says what is wrong, empty where nothing is. */
  String takeOver() {
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
    provider.close(encoder);
  }
}
