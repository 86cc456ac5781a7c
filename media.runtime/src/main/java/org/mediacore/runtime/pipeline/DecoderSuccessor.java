package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.registry.Standing;

/**
 * A decoder that is to take a call over: made and primed off the loop with the payloads that its
 * predecessor was given last, then handed to the loop with what it has missed since.
 */
public final class DecoderSuccessor implements Successor {
  /** How near the levels of both have to be, for how many payloads in a row. */
  private static final double ALIKE_DB = 0.5;

  /**
   * How far what is different has to be below what is heard. The level alone may agree for a while
   * and drift apart again, as that of SILK with a steady tone does.
   */
  private static final double DIFFERENCE_DB = 20;

  private static final int ALIKE_PAYLOADS = 5;

  /** One that never sounds alike is another version that means it. */
  private static final int MOST_FOLLOWED = 100;

  /** What a provider is on probation for. */
  private record Decoding(CodecParameters parameters) {}

  private final DecodeStage stage;
  private final CodecProvider provider;
  private final AudioDecoder decoder;
  private final AudioFormat format;
  private final SwapOutcome outcome;
  private final short[] pcm;
  private long primed;
  private int followed;
  private int decoded;
  private boolean good;
  private int alike;
  private OptionalDouble levelStep = OptionalDouble.empty();

  private DecoderSuccessor(
      DecodeStage stage, CodecProvider provider, AudioDecoder decoder, SwapOutcome outcome) {
    this.stage = stage;
    this.provider = provider;
    this.decoder = decoder;
    this.format = stage.format();
    this.pcm = new short[format.elementsIn(CodecParameters.MAX_PAYLOAD_DURATION_US)];
    this.outcome = outcome;
  }

  /**
   * Makes and tries a successor. Off the loop; may block.
   *
   * @param history the predecessor's payloads
   * @throws MediaSetupException where it cannot be made or decodes a payload wrongly; nothing is
   *     open
   */
  static DecoderSuccessor prepare(
      DecodeStage stage,
      CodecProvider provider,
      PayloadHistory history,
      SwapOutcome outcome,
      Standing standing)
      throws MediaSetupException {
    Decoding decoding = new Decoding(stage.parameters());
    if (history.count() > 0 && !standing.isProved(provider, decoding)) {
      prove(stage, provider, history, outcome);
      if (history.count() >= Probation.ENOUGH_FRAMES) {
        standing.proved(provider, decoding);
      }
    }
    DecoderSuccessor successor = create(stage, provider, outcome);
    Probation.require(successor, provider, successor.catchUp(history, Long.MAX_VALUE));
    Probation.require(
        successor,
        provider,
        history.count() > 0 && successor.decoded == 0 ? "takes nothing of what comes" : "");
    return successor;
  }

  private static DecoderSuccessor create(
      DecodeStage stage, CodecProvider provider, SwapOutcome outcome) throws MediaSetupException {
    return new DecoderSuccessor(
        stage, provider, provider.createDecoder(stage.parameters()), outcome);
  }

  /** Lets another instance decode the payloads over and over. */
  private static void prove(
      DecodeStage stage, CodecProvider provider, PayloadHistory history, SwapOutcome outcome)
      throws MediaSetupException {
    DecoderSuccessor probe = create(stage, provider, outcome);
    int kept = (int) (history.count() - history.oldest());
    ByteBuffer[] payloads = new ByteBuffer[kept];
    for (int i = 0; i < kept; i++) {
      payloads[i] = history.get(history.oldest() + i);
    }
    Probation.require(
        probe,
        provider,
        Probation.run(
            number -> probe.decode(payloads[number % kept]), stage.parameters().frameDurationUs()));
    probe.discard();
  }

  /** Decodes what it has not had yet; says what went wrong, empty where nothing did. */
  private String catchUp(PayloadHistory history, long most) {
    primed = Math.max(primed, history.oldest());
    for (long i = 0; i < most && primed < history.count(); i++) {
      String fault = decode(history.get(primed));
      if (!fault.isEmpty()) {
        return fault;
      }
      primed++;
    }
    return "";
  }

  private String decode(ByteBuffer payload) {
    try {
      int expected = decoder.samplesIn(payload);
      int samples = decoder.decode(payload, pcm, 0);
      if (samples == MediaStatus.BAD_INPUT) {
        return ""; // the sender's fault, as in a call; one that takes none of them fails
      }
      decoded++;
      if (samples != expected || samples < 0) {
        return "decoded " + MediaStatus.nameOf(samples) + " where its payload has " + expected;
      }
      return "";
    } catch (Throwable broken) {
      return broken.toString();
    }
  }

  /**
   * Decodes, unheard, the payload that the predecessor has just decoded. What a decoder that
   * predicts was primed with may leave it off for longer than the copied payloads last (SILK, with
   * a steady tone, for up to a second), so it decodes along until it sounds alike. While it has
   * still missed some, it leaves this one for later.
   *
   * @param history without {@code payload}
   * @param output the predecessor's samples
   * @param samples how many, per channel
   * @return what is wrong with the successor, empty where nothing is
   */
  String follow(PayloadHistory history, ByteBuffer payload, short[] output, int samples) {
    String fault = catchUp(history, FRAMES_AT_A_TIME);
    if (!fault.isEmpty() || primed < history.count()) {
      return fault;
    }
    try {
      int own = decoder.decode(payload, pcm, 0);
      good = own != MediaStatus.BAD_INPUT;
      if (good && own != samples) {
        return "decoded " + MediaStatus.nameOf(own) + " instead of " + samples + " samples";
      }
    } catch (Throwable broken) {
      return broken.toString();
    }
    primed++;
    followed++;
    if (good) {
      compare(output, samples);
    } else {
      alike = 0;
    }
    return "";
  }

  private void compare(short[] output, int samples) {
    int elements = samples * format.channels();
    levelStep = Seam.levelStepDb(output, 0, pcm, samples, format.channels());
    if (Arrays.equals(output, 0, elements, pcm, 0, elements)) {
      alike = ALIKE_PAYLOADS;
    } else {
      boolean near =
          Math.abs(levelStep.orElse(0)) <= ALIKE_DB
              && Seam.differenceDb(output, 0, pcm, samples, format.channels()) <= -DIFFERENCE_DB;
      alike = near ? alike + 1 : 0;
    }
  }

  /** Whether it sounds as its predecessor does, or had its time to come to that. */
  boolean hasConverged() {
    return good && (alike >= ALIKE_PAYLOADS || followed >= MOST_FOLLOWED);
  }

  /** Takes over with the payload of the last {@link #follow}, cross-fading over 5 ms. */
  void fadeIn(short[] output, int samples) {
    Seam.crossFade(output, 0, pcm, samples, format);
  }

  CodecProvider provider() {
    return provider;
  }

  AudioDecoder decoder() {
    return decoder;
  }

  @Override
  public SwapOutcome outcome() {
    return outcome;
  }

  OptionalDouble levelStep() {
    return levelStep;
  }

  @Override
  public boolean handOver() {
    stage.succeed(this);
    return true;
  }

  @Override
  public void discard() {
    provider.close(decoder);
  }
}
