package org.mediacore.bench.seam;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.bench.load.MediaCodec;
import org.mediacore.bench.material.Codecs;
import org.mediacore.dsp.ToneGenerator;

/**
 * A tone over a little noise, encoded. The noise is that of any microphone: what a predicting codec
 * makes of a pure sine is a filter on the edge of stability, in which any difference of two
 * decoders rings on for seconds.
 *
 * @param codec what it is encoded in
 * @param payloads of 20 ms each; sent over again from the first one behind the last one
 */
record ToneMaterial(MediaCodec codec, List<byte[]> payloads) {
  /** About 40 dB below a tone. */
  private static final double NOISE_PEAK = 150;

  private static final int MOST_BYTES = 1_275;

  /**
   * G.711 has no memory: ten seconds, a whole number of periods of each tone, join without seam.
   */
  private static final int G711_PAYLOADS = 500;

  /**
   * Makes the payloads.
   *
   * @param receiver what the platform declares of the codec
   * @param seconds how long an Opus stream is to be without a seam of its own
   */
  static ToneMaterial of(MediaCodec codec, Fmtp receiver, double hz, double dbfs, int seconds)
      throws IOException {
    int samples = codec.sampleRateHz() / 50;
    int number = codec == MediaCodec.OPUS ? seconds * 50 : G711_PAYLOADS;
    ToneGenerator tone = new ToneGenerator(codec.sampleRateHz(), 1, hz, dbfs);
    SplittableRandom noise = new SplittableRandom(7);
    short[] pcm = new short[samples];
    ByteBuffer out = ByteBuffer.allocate(MOST_BYTES);
    List<byte[]> payloads = new ArrayList<>(number);
    try (AudioEncoder encoder = Codecs.encoder(codec.rtpmap(), receiver)) {
      for (int i = 0; i < number; i++) {
        tone.generate(pcm, 0, samples);
        for (int at = 0; at < samples; at++) {
          pcm[at] += (short) Math.rint(NOISE_PEAK * (2 * noise.nextDouble() - 1));
        }
        int bytes = encoder.encode(pcm, 0, samples, out.clear());
        if (bytes <= 0) {
          throw new IOException(codec + ": frame " + i + " was not encoded: " + bytes);
        }
        payloads.add(Arrays.copyOf(out.array(), bytes));
      }
    } catch (MediaSetupException e) {
      throw new IOException(codec + ": " + e.getMessage(), e);
    }
    return new ToneMaterial(codec, payloads);
  }
}
