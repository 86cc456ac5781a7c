package @PACKAGE@;

import org.mediacore.api.MediaStatus;
import org.mediacore.api.processing.AudioProcessor;

/** Multiplies samples. Runs in one session, on one thread; what it needs it makes beforehand. */
final class @CLASS@Processor implements AudioProcessor {
  private final double gain;
  private final int channels;
  private boolean closed;

  @CLASS@Processor(double gain, int channels) {
    this.gain = gain;
    this.channels = channels;
  }

  /** Refuses with a status before anything is changed; never throws, allocates or logs. */
  @Override
  public int process(short[] pcm, int offset, int samples) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (samples < 1 || offset < 0 || offset > pcm.length - (long) samples * channels) {
      return MediaStatus.BAD_INPUT;
    }
    int end = offset + samples * channels;
    for (int i = offset; i < end; i++) {
      pcm[i] = changed(pcm[i]);
    }
    return samples;
  }

  /** Your processing: a gain that stops at full scale. */
  private short changed(short sample) {
    long louder = Math.round(sample * gain);
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, louder));
  }

  @Override
  public void close() {
    closed = true;
  }
}
