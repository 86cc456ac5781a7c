package org.mediacore.bench.conversion;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mediacore.bench.material.Voice;
import org.mediacore.dsp.Channels;
import org.mediacore.dsp.DriftResampler;
import org.mediacore.dsp.GainMatrix;
import org.mediacore.dsp.Planes;
import org.mediacore.dsp.Reblocker;
import org.mediacore.dsp.Resampler.Quality;
import org.mediacore.dsp.SampleFormat;
import org.mediacore.dsp.Samples;

/** The conversions beside resampling, each of 20 ms at 48 kHz. */
final class FormatWorks {
  private static final int RATE_HZ = 48_000;
  private static final int SAMPLES = RATE_HZ / 50;

  private final short[] stereo = Voice.make(RATE_HZ, 2 * SAMPLES);
  private final short[] out = new short[4 * SAMPLES];
  private final Map<String, Runnable> works = new LinkedHashMap<>();

  private FormatWorks() {
    bytes();
    arrays();
    channels();
    time();
  }

  /** Names and what to time, in the order of reading. */
  static Map<String, Runnable> all() {
    return new FormatWorks().works;
  }

  private void bytes() {
    byte[] bytes = new byte[4 * SAMPLES];
    for (SampleFormat format : SampleFormat.values()) {
      works.put("16-bit to " + format, () -> format.encode(stereo, 0, bytes, 0, SAMPLES));
      works.put(format + " to 16-bit", () -> format.decode(bytes, 0, out, 0, SAMPLES));
    }
  }

  private void arrays() {
    float[] floats = new float[2 * SAMPLES];
    int[] wide = new int[SAMPLES];
    short[][] planes = new short[2][SAMPLES];
    works.put("16-bit to float array", () -> Samples.toFloat(stereo, 0, floats, 0, SAMPLES));
    works.put("float array to 16-bit", () -> Samples.fromFloat(floats, 0, out, 0, SAMPLES));
    works.put("24-bit array to 16-bit", () -> Samples.narrow(wide, 0, out, 0, SAMPLES));
    works.put("stereo to planes", () -> Planes.split(stereo, 0, planes, 0, SAMPLES));
    works.put("planes to stereo", () -> Planes.join(planes, 0, out, 0, SAMPLES));
  }

  private void channels() {
    short[] surround = new short[6 * SAMPLES];
    double g = Math.sqrt(0.5);
    GainMatrix toStereo =
        GainMatrix.normalised(new double[][] {{1, 0, g, 0, g, 0}, {0, 1, g, 0, 0, g}});
    works.put("stereo to mono", () -> Channels.stereoToMono(stereo, 0, out, 0, SAMPLES));
    works.put("mono to stereo", () -> Channels.monoToStereo(stereo, 0, out, 0, SAMPLES));
    works.put("5.1 to stereo", () -> toStereo.apply(surround, 0, out, 0, SAMPLES));
  }

  private void time() {
    Reblocker reblocker = new Reblocker(RATE_HZ * 3 / 100, 1);
    works.put(
        "20 to 30 ms frames",
        () -> {
          reblocker.push(stereo, 0, SAMPLES);
          while (reblocker.next()) {
            out[0] += reblocker.array()[reblocker.offset()];
          }
        });
    for (Quality quality : Quality.values()) {
      DriftResampler drift = DriftResampler.create(1, quality);
      drift.setPpm(100);
      works.put("drift of 100 ppm, " + quality, () -> drift.process(stereo, 0, SAMPLES, out, 0));
    }
  }
}
