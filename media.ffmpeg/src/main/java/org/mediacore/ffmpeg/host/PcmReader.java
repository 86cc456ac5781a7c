package org.mediacore.ffmpeg.host;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.mediacore.api.MediaStatus;

/** Reads the samples of a frame, in whichever format, as interleaved 16-bit ones. */
final class PcmReader {
  /** As many as {@code AVFrame.data} has; CodecSetup allows no more. */
  private static final int MAX_CHANNELS = 8;

  private final Memory.Addresses planes;
  private final Memory.Shorts shorts = new Memory.Shorts();
  private final Memory.Floats floats = new Memory.Floats();
  private short[] shortPlane = new short[2_048];
  private float[] floatPlane = new float[2_048];

  PcmReader(AVFrame frame) {
    planes = new Memory.Addresses(frame, "data");
  }

  /**
   * Copies a frame.
   *
   * @param format its sample format, a constant of libavutil
   * @param samples per channel
   * @return samples per channel, or a status
   */
  int read(int format, int channels, int samples, short[] pcm, int offset) {
    if (channels < 1 || channels > MAX_CHANNELS) {
      return MediaStatus.UNSUPPORTED;
    }
    int elements = samples * channels;
    if (offset < 0 || offset > pcm.length - elements) {
      return MediaStatus.BUFFER_TOO_SMALL;
    }
    if (format == avutil.AV_SAMPLE_FMT_S16
        || format == avutil.AV_SAMPLE_FMT_S16P && channels == 1) {
      shorts.at(planes.get(0)).get(pcm, offset, elements);
    } else if (format == avutil.AV_SAMPLE_FMT_S16P) {
      planarShorts(channels, samples, pcm, offset);
    } else if (format == avutil.AV_SAMPLE_FMT_FLTP) {
      planarFloats(channels, samples, pcm, offset);
    } else if (format == avutil.AV_SAMPLE_FMT_FLT) {
      floatRun(0, elements, 1, pcm, offset);
    } else {
      return MediaStatus.UNSUPPORTED;
    }
    return samples;
  }

  private void planarShorts(int channels, int samples, short[] pcm, int offset) {
    if (shortPlane.length < samples) {
      shortPlane = new short[samples]; // once, for a codec of unusually long frames
    }
    for (int channel = 0; channel < channels; channel++) {
      shorts.at(planes.get(channel)).get(shortPlane, 0, samples);
      for (int i = 0; i < samples; i++) {
        pcm[offset + i * channels + channel] = shortPlane[i];
      }
    }
  }

  private void planarFloats(int channels, int samples, short[] pcm, int offset) {
    for (int channel = 0; channel < channels; channel++) {
      floatRun(channel, samples, channels, pcm, offset + channel);
    }
  }

  /** One plane of floats into every {@code step}th element. */
  private void floatRun(int plane, int count, int step, short[] pcm, int offset) {
    if (floatPlane.length < count) {
      floatPlane = new float[count]; // once, as above
    }
    floats.at(planes.get(plane)).get(floatPlane, 0, count);
    for (int i = 0; i < count; i++) {
      int sample = Math.round(floatPlane[i] * 32_768f); // NaN becomes 0
      pcm[offset + i * step] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
    }
  }
}
