package org.mediacore.bench.seam;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.bench.load.MediaCodec;
import org.mediacore.bench.material.Codecs;
import org.mediacore.dsp.Goertzel;

/**
 * What one leg heard, 20 ms by 20 ms.
 *
 * @param atNs when the packet came, in ns since 1970
 * @param isSeam whether a new encoder may have begun in the last 200 ms. Only Opus shows that: the
 *     second frame of an encoder that takes over has another mode. Elsewhere any 20 ms may be one
 * @param levelDb of all, over 1
 * @param toneDb of each tone that is to be heard, over 1; in Opus of the last 100 ms, since one of
 *     nine tones wobbles by several dB from frame to frame there. What is missing for less is seen
 *     in the level, or, where one member of a room is missing, by those who hear it in G.711
 */
record Sound(long[] atNs, boolean[] isSeam, float[] levelDb, float[][] toneDb) {
  private static final int MOST_SAMPLES = 5_760;
  private static final int TONE_FRAMES_IN_OPUS = 5;

  /** From the first frame of an encoder on. */
  private static final int SEAM_FRAMES = 10;

  /** The first configuration number of CELT alone (RFC 6716, table 2). */
  private static final int CELT_ONLY = 16;

  /**
   * Decodes a stream. What is missing in it is silence.
   *
   * @throws IOException where there is no such codec, or a packet is not 20 ms of it
   */
  static Sound of(Stream stream, ToneLeg leg) throws IOException {
    int samples = leg.codec().sampleRateHz() / 50;
    int frames = frames(stream);
    Sound sound =
        new Sound(
            new long[frames],
            new boolean[frames],
            new float[frames],
            new float[leg.hears().size()][frames]);
    boolean showsSeams = leg.codec() == MediaCodec.OPUS;
    Arrays.fill(sound.isSeam, !showsSeams);
    Goertzel[] tones =
        leg.hears().stream()
            .map(hz -> new Goertzel(leg.codec().sampleRateHz(), hz))
            .toArray(Goertzel[]::new);
    short[] pcm = new short[MOST_SAMPLES];
    try (AudioDecoder decoder = Codecs.decoder(leg.codec().rtpmap())) {
      int frame = 0;
      for (int i = 0; i < stream.packets(); i++) {
        for (int missing = missing(stream, i); missing > 0; missing--) {
          sound.atNs[frame++] = stream.atNs(i);
        }
        ByteBuffer payload = stream.payload(i);
        if (showsSeams && (payload.get(payload.position()) & 0xFF) >> 3 >= CELT_ONLY) {
          sound.seam(frame - 1);
        }
        int decoded = decoder.decode(payload, pcm, 0);
        if (decoded != samples) {
          throw new IOException("a packet of " + decoded + " samples instead of " + samples);
        }
        sound.measure(frame++, stream.atNs(i), pcm, samples, tones);
      }
    } catch (MediaSetupException e) {
      throw new IOException(leg.codec() + ": " + e.getMessage(), e);
    }
    if (leg.codec() == MediaCodec.OPUS) {
      for (float[] levels : sound.toneDb) {
        average(levels);
      }
    }
    return sound;
  }

  private void seam(int first) {
    Arrays.fill(isSeam, Math.max(0, first), Math.min(isSeam.length, first + SEAM_FRAMES), true);
  }

  /** Puts the mean power of the last frames in the place of each one's. */
  private static void average(float[] levelsDb) {
    double[] power = new double[levelsDb.length];
    for (int i = 0; i < power.length; i++) {
      power[i] = Math.pow(10, levelsDb[i] / 10);
    }
    for (int i = TONE_FRAMES_IN_OPUS - 1; i < power.length; i++) {
      double sum = 0;
      for (int k = 0; k < TONE_FRAMES_IN_OPUS; k++) {
        sum += power[i - k];
      }
      levelsDb[i] = (float) (10 * Math.log10(sum / TONE_FRAMES_IN_OPUS));
    }
  }

  private static int missing(Stream stream, int packet) {
    if (packet == 0) {
      return 0;
    }
    return Math.max(0, (short) (stream.sequence(packet) - stream.sequence(packet - 1)) - 1);
  }

  private static int frames(Stream stream) {
    int frames = stream.packets();
    for (int i = 1; i < stream.packets(); i++) {
      frames += missing(stream, i);
    }
    return frames;
  }

  private void measure(int frame, long ns, short[] pcm, int samples, Goertzel[] tones) {
    double energy = 1e-3;
    for (int i = 0; i < samples; i++) {
      energy += (double) pcm[i] * pcm[i];
    }
    atNs[frame] = ns;
    levelDb[frame] = (float) (10 * Math.log10(energy / samples));
    for (int i = 0; i < tones.length; i++) {
      double share = tones[i].toneShare(pcm, 0, samples);
      toneDb[i][frame] = (float) (10 * Math.log10(1e-6 + share * energy / samples));
    }
  }

  int frames() {
    return atNs.length;
  }
}
