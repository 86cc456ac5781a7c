package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.runtime.codec.CodecProvider;

/** A session's encoder, with what it was made from and a count of failed frames. */
public final class EncodeStage {
  private static final int LOSS_STEP_PERCENT = 5;

  private final CodecProvider provider;
  private final CodecParameters parameters;
  private final AudioEncoder encoder;
  private int expectedLossPercent;
  private long framesFailed;

  /** Creates the encoder; may block, so not on a loop. */
  public EncodeStage(CodecProvider provider, CodecParameters parameters)
      throws MediaSetupException {
    this.provider = provider;
    this.parameters = parameters;
    this.encoder = provider.createEncoder(parameters);
  }

  /** What the encoder was made from. */
  public CodecParameters parameters() {
    return parameters;
  }

  /** Who made the encoder. */
  public CodecProvider provider() {
    return provider;
  }

  /** Encodes one frame; bytes written, 0 for nothing to send, or a negative status. */
  public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
    try {
      int bytes = encoder.encode(pcm, offset, samples, out);
      if (bytes < 0) {
        framesFailed++;
      }
      return bytes;
    } catch (Throwable broken) {
      framesFailed++;
      return MediaStatus.FAILED;
    }
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
    try {
      encoder.tune(EncoderTuning.builder().expectedLossPercent(percent).build());
    } catch (Throwable broken) {
      framesFailed++;
    }
  }

  /** Frames that the encoder failed at. */
  public long framesFailed() {
    return framesFailed;
  }

  /** Closes the encoder; may block, so not on a loop. */
  public void close() {
    provider.close(encoder);
  }
}
