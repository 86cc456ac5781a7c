package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.dsp.FadingConcealer;
import org.mediacore.runtime.codec.CodecProvider;

/**
 * A session's decoder with what surrounds it: concealment where the codec has none, and counts. A
 * decoder that throws breaks its contract, whatever it throws (a native library's fault arrives as an
 * {@link Error}); the frame is then concealed and counted as failed, and the call goes on.
 */
public final class DecodeStage {
  private final CodecProvider provider;
  private final CodecParameters parameters;
  private final AudioDecoder decoder;
  private final FadingConcealer concealer;
  private final AudioFormat format;
  private final int longestSamples;
  private boolean ownConcealment = true;
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

  /** Who made the decoder. */
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
      return org.mediacore.api.MediaStatus.FAILED;
    }
    if (samples < 0 || samples > longestSamples) {
      framesFailed++;
      return samples < 0 ? samples : org.mediacore.api.MediaStatus.FAILED;
    }
    concealer.good(pcm, 0, samples);
    return samples;
  }

  /** Samples per channel in a payload, or a negative status. */
  public int samplesIn(ByteBuffer payload) {
    try {
      return decoder.samplesIn(payload);
    } catch (Throwable broken) {
      framesFailed++;
      return org.mediacore.api.MediaStatus.FAILED;
    }
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

  /** Samples per channel that were made up. */
  public long samplesConcealed() {
    return samplesConcealed;
  }

  /** Payloads that the decoder refused or failed at. */
  public long framesFailed() {
    return framesFailed;
  }

  /** Closes the decoder; may block, so not on a loop. */
  public void close() {
    provider.close(decoder);
  }
}
