package @PACKAGE@;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.EncoderTuning;

/** One byte per sample. Runs in one session, on one thread; what it needs it makes beforehand. */
final class @CLASS@Encoder implements AudioEncoder {
  private final int samplesPerFrame;
  private boolean closed;

  @CLASS@Encoder(int samplesPerFrame) {
    this.samplesPerFrame = samplesPerFrame;
  }

  /** Refuses with a status before anything is written; never throws, allocates or logs. */
  @Override
  public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (samples != samplesPerFrame || offset < 0 || offset > pcm.length - samples) {
      return MediaStatus.BAD_INPUT;
    }
    if (out.remaining() < samples) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    for (int i = 0; i < samples; i++) {
      out.put(codeOf(pcm[offset + i]));
    }
    return samples;
  }

  /** Your coding: the root of half the magnitude, with the sample's sign. */
  private static byte codeOf(short sample) {
    int root = Math.min(127, (int) Math.round(Math.sqrt(Math.abs(sample) / 2.0)));
    return (byte) (sample < 0 ? -root : root);
  }

  /** There is nothing to tune. */
  @Override
  public boolean tune(EncoderTuning tuning) {
    return false;
  }

  @Override
  public void close() {
    closed = true;
  }
}
