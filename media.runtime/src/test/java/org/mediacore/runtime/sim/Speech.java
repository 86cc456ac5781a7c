package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.mediacore.dsp.Resampler;

/** A minute of real speech, at any rate, from the reference data. */
final class Speech {
  private static final int SECONDS = 60;
  private static final int WAV_HEADER_BYTES = 44;

  /** Men and women, read and talking, clean and in noise: 16 kHz, 55 s; then from the start. */
  private static final List<String> FILES =
      List.of(
          "cmu-arctic-16k/cmu_arctic_us_aew_a0001.wav",
          "voicebank-demand-16k/clean_p287_003.wav",
          "cmu-arctic-16k/cmu_arctic_us_axb_a0004.wav",
          "voicebank-demand-16k/noisy_p287_005.wav",
          "cmu-arctic-16k/cmu_arctic_us_aew_a0003.wav",
          "voicebank-demand-16k/clean_p287_005.wav",
          "cmu-arctic-16k/cmu_arctic_us_axb_a0006.wav",
          "voicebank-demand-16k/noisy_p287_003.wav",
          "voicebank-demand-16k/clean_p287_001.wav");

  private static final int FILE_RATE_HZ = 16_000;

  private Speech() {}

  /** Mono, {@code sampleRateHz * 60} samples; skips the test where there are no vectors. */
  static short[] minute(int sampleRateHz) throws IOException {
    String configured = System.getenv("MEDIACORE_VECTORS");
    Path root = Path.of(configured == null ? "../../shared/vectors" : configured, "speech");
    assumeTrue(Files.isDirectory(root), "set MEDIACORE_VECTORS to the reference data: no " + root);
    short[] all = new short[FILE_RATE_HZ * SECONDS];
    int at = 0;
    for (int i = 0; at < all.length; i = (i + 1) % FILES.size()) {
      byte[] bytes = Files.readAllBytes(root.resolve(FILES.get(i)));
      ShortBuffer samples =
          ByteBuffer.wrap(bytes, WAV_HEADER_BYTES, bytes.length - WAV_HEADER_BYTES)
              .slice()
              .order(ByteOrder.LITTLE_ENDIAN)
              .asShortBuffer();
      int taken = Math.min(samples.remaining(), all.length - at);
      samples.get(all, at, taken);
      at += taken;
    }
    return atRate(all, sampleRateHz);
  }

  private static short[] atRate(short[] speech, int sampleRateHz) {
    if (sampleRateHz == FILE_RATE_HZ) {
      return speech;
    }
    Resampler resampler = Resampler.create(FILE_RATE_HZ, sampleRateHz, 1, Resampler.Quality.BEST);
    int block = FILE_RATE_HZ / 50;
    short[] out = new short[sampleRateHz * SECONDS + resampler.maxOutputSamples(block)];
    int at = 0;
    for (int from = 0; from + block <= speech.length; from += block) {
      at += resampler.process(speech, from, block, out, at);
    }
    return Arrays.copyOf(out, sampleRateHz * SECONDS);
  }
}
