package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import java.util.OptionalDouble;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.loop.LoopScratch;

/**
 * A decoder that is to take a call over: made and primed off the loop with the payloads that its
 * predecessor was given last, then handed to the loop with what it has missed since.
 */
public final class DecoderSuccessor {
  private static final int FADE_US = 5_000;

  private final CodecProvider provider;
  private final AudioDecoder decoder;
  private final AudioFormat format;
  private final SwapOutcome outcome;
  private final short[] pcm = new short[LoopScratch.PCM_ELEMENTS];
  private long primed;
  private OptionalDouble levelStep = OptionalDouble.empty();

  private DecoderSuccessor(
      CodecProvider provider, AudioDecoder decoder, AudioFormat format, SwapOutcome outcome) {
    this.provider = provider;
    this.decoder = decoder;
    this.format = format;
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
      CodecProvider provider,
      CodecParameters parameters,
      PayloadHistory history,
      SwapOutcome outcome)
      throws MediaSetupException {
    AudioDecoder decoder = provider.createDecoder(parameters);
    DecoderSuccessor successor =
        new DecoderSuccessor(provider, decoder, parameters.receiveFormat(), outcome);
    String fault = successor.catchUp(history);
    if (!fault.isEmpty()) {
      provider.close(decoder);
      throw new MediaSetupException(Reason.NOT_SUPPORTED, provider + " failed its trial", fault);
    }
    return successor;
  }

  /** Decodes what it has not had yet; says what went wrong, empty where nothing did. */
  private String catchUp(PayloadHistory history) {
    long from = Math.max(primed, history.oldest());
    for (long number = from; number < history.count(); number++) {
      ByteBuffer payload = history.get(number);
      try {
        int expected = decoder.samplesIn(payload);
        int samples = decoder.decode(payload, pcm, 0);
        if (samples != expected || samples < 0) {
          return "decoded " + MediaStatus.nameOf(samples) + " where its payload has " + expected;
        }
      } catch (Throwable broken) {
        return broken.toString();
      }
    }
    primed = history.count();
    return "";
  }

  /**
   * Takes over with the payload that the predecessor has just decoded, cross-fading over 5 ms.
   *
   * @param history without {@code payload}
   * @param output the predecessor's samples, changed into what is heard
   * @param samples how many, per channel
   * @return what is wrong with the successor, empty where it has taken over
   */
  String takeOver(PayloadHistory history, ByteBuffer payload, short[] output, int samples) {
    String fault = catchUp(history);
    if (!fault.isEmpty()) {
      return fault;
    }
    try {
      int own = decoder.decode(payload, pcm, 0);
      if (own != samples) {
        return "decoded " + MediaStatus.nameOf(own) + " instead of " + samples + " samples";
      }
    } catch (Throwable broken) {
      return broken.toString();
    }
    levelStep = levelStepDb(output, samples);
    crossFade(output, samples);
    return "";
  }

  private OptionalDouble levelStepDb(short[] before, int samples) {
    double energyBefore = 0;
    double energyAfter = 0;
    for (int i = 0; i < samples * format.channels(); i++) {
      energyBefore += (double) before[i] * before[i];
      energyAfter += (double) pcm[i] * pcm[i];
    }
    // Below about -70 dBov a level says nothing about what is heard.
    double floor = 100.0 * samples;
    return energyBefore < floor || energyAfter < floor
        ? OptionalDouble.empty()
        : OptionalDouble.of(10 * Math.log10(energyAfter / energyBefore));
  }

  private void crossFade(short[] output, int samples) {
    int channels = format.channels();
    int fade = Math.min(samples, format.samplesIn(FADE_US));
    for (int i = 0; i < fade; i++) {
      for (int c = 0; c < channels; c++) {
        int at = i * channels + c;
        output[at] = (short) ((output[at] * (fade - i) + pcm[at] * i) / fade);
      }
    }
    System.arraycopy(pcm, fade * channels, output, fade * channels, (samples - fade) * channels);
  }

  CodecProvider provider() {
    return provider;
  }

  AudioDecoder decoder() {
    return decoder;
  }

  SwapOutcome outcome() {
    return outcome;
  }

  OptionalDouble levelStep() {
    return levelStep;
  }

  /** Closes it; for one that has not taken over and was not given to a stage. Off the loop. */
  public void discard() {
    provider.close(decoder);
  }
}
