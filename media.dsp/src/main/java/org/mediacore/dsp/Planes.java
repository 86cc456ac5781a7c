package org.mediacore.dsp;

/**
 * Between interleaved samples and one array per channel. Values are only moved.
 *
 * <p>Stateless; any thread; nothing is allocated. As many channels as there are planes; input and
 * output must not be the same arrays.
 */
public final class Planes {
  private Planes() {}

  /**
   * Splits interleaved 16-bit samples.
   *
   * @param interleaved read from {@code offset} on
   * @param planes one array per channel, written from {@code planeOffset} on
   * @param samples samples per channel
   */
  public static void split(
      short[] interleaved, int offset, short[][] planes, int planeOffset, int samples) {
    int channels = planes.length;
    for (int channel = 0; channel < channels; channel++) {
      short[] plane = planes[channel];
      for (int i = 0, from = offset + channel; i < samples; i++, from += channels) {
        plane[planeOffset + i] = interleaved[from];
      }
    }
  }

  /**
   * Splits interleaved float samples.
   *
   * @param interleaved read from {@code offset} on
   * @param planes one array per channel, written from {@code planeOffset} on
   * @param samples samples per channel
   */
  public static void split(
      float[] interleaved, int offset, float[][] planes, int planeOffset, int samples) {
    int channels = planes.length;
    for (int channel = 0; channel < channels; channel++) {
      float[] plane = planes[channel];
      for (int i = 0, from = offset + channel; i < samples; i++, from += channels) {
        plane[planeOffset + i] = interleaved[from];
      }
    }
  }

  /**
   * Joins 16-bit planes.
   *
   * @param planes one array per channel, read from {@code planeOffset} on
   * @param interleaved written from {@code offset} on
   * @param samples samples per channel
   */
  public static void join(
      short[][] planes, int planeOffset, short[] interleaved, int offset, int samples) {
    int channels = planes.length;
    for (int channel = 0; channel < channels; channel++) {
      short[] plane = planes[channel];
      for (int i = 0, to = offset + channel; i < samples; i++, to += channels) {
        interleaved[to] = plane[planeOffset + i];
      }
    }
  }

  /**
   * Joins float planes.
   *
   * @param planes one array per channel, read from {@code planeOffset} on
   * @param interleaved written from {@code offset} on
   * @param samples samples per channel
   */
  public static void join(
      float[][] planes, int planeOffset, float[] interleaved, int offset, int samples) {
    int channels = planes.length;
    for (int channel = 0; channel < channels; channel++) {
      float[] plane = planes[channel];
      for (int i = 0, to = offset + channel; i < samples; i++, to += channels) {
        interleaved[to] = plane[planeOffset + i];
      }
    }
  }
}
