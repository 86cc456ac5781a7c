package org.mediacore.example.highpass;

import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;

/**
 * A Butterworth high-pass of second order, from the analogue one by the bilinear transform with the
 * cut-off pre-warped:
 *
 * <pre>
 *   y[n] = g (x[n] - 2 x[n-1] + x[n-2]) - a1 y[n-1] - a2 y[n-2]
 * </pre>
 *
 * <p>Two values per channel are kept from block to block (transposed direct form II).
 */
final class HighpassProcessor implements AudioProcessor {
  /** Far below half a step of 16 bits: what is smaller is silence. */
  private static final double NOTHING = 1e-9;

  private final int channels;
  private final double gain;
  private final double a1;
  private final double a2;
  private final double[] first;
  private final double[] second;
  private boolean closed;

  HighpassProcessor(double cutoffHz, AudioFormat format) {
    double k = Math.tan(Math.PI * cutoffHz / format.sampleRateHz());
    double scale = 1 + Math.sqrt(2) * k + k * k;
    channels = format.channels();
    gain = 1 / scale;
    a1 = 2 * (k * k - 1) / scale;
    a2 = (1 - Math.sqrt(2) * k + k * k) / scale;
    first = new double[channels];
    second = new double[channels];
  }

  @Override
  public int process(short[] pcm, int offset, int samples) {
    if (closed) {
      return MediaStatus.FAILED;
    }
    if (samples < 1 || offset < 0 || offset > pcm.length - (long) samples * channels) {
      return MediaStatus.BAD_INPUT;
    }
    for (int channel = 0; channel < channels; channel++) {
      filter(pcm, offset + channel, samples, channel);
    }
    return samples;
  }

  private void filter(short[] pcm, int offset, int samples, int channel) {
    double s1 = first[channel];
    double s2 = second[channel];
    for (int i = 0, at = offset; i < samples; i++, at += channels) {
      double in = gain * pcm[at];
      double out = in + s1;
      s1 = s2 - 2 * in - a1 * out;
      s2 = in - a2 * out;
      // In silence the state would shrink into denormal numbers, which are slow.
      s1 = Math.abs(s1) < NOTHING ? 0 : s1;
      s2 = Math.abs(s2) < NOTHING ? 0 : s2;
      long rounded = Math.round(out);
      pcm[at] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
    }
    first[channel] = s1;
    second[channel] = s2;
  }

  @Override
  public void close() {
    closed = true;
  }
}
