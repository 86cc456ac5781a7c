package org.mediacore.example.highpass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;

/** The response of a Butterworth high-pass of second order: -10 log10(1 + (cutoff / f)^4) dB. */
class HighpassProcessorTest {
  @ParameterizedTest(name = "{2} Hz at {0} Hz, {1} channels: {3} dB")
  @CsvSource({
    "8000, 1, 20, -24.1",
    "8000, 1, 50, -8.8",
    "8000, 1, 80, -3.0",
    "8000, 1, 160, -0.3",
    "8000, 1, 1000, 0",
    "48000, 2, 50, -8.8",
    "48000, 2, 80, -3.0",
    "48000, 2, 1000, 0",
  })
  void lossIsThatOfTheFormula(int rateHz, int channels, double toneHz, double wantedDb)
      throws Exception {
    short[] pcm = new short[rateHz * channels];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = (short) (10_000 * Math.sin(2 * Math.PI * toneHz * (i / channels) / rateHz));
    }
    double before = energyOfSecondHalf(pcm);
    run(pcm, new AudioFormat(rateHz, channels));
    assertEquals(wantedDb, 10 * Math.log10(energyOfSecondHalf(pcm) / before), 0.1);
  }

  /** The declared warm-up: 60 dB below a jump of direct current, at the lowest cut-off. */
  @Test
  void directCurrentIsGoneWithinTheWarmUp() throws Exception {
    HighpassProcessorFactory factory = new HighpassProcessorFactory(20);
    int warmUp = 8 * factory.descriptor().warmUpMs();
    short[] pcm = new short[8_000];
    Arrays.fill(pcm, (short) 10_000);
    try (AudioProcessor processor = factory.create(new AudioFormat(8_000, 1))) {
      for (int offset = 0; offset < pcm.length; offset += 160) {
        assertEquals(160, processor.process(pcm, offset, 160));
      }
    }
    for (int i = warmUp; i < pcm.length; i++) {
      assertTrue(Math.abs(pcm[i]) <= 10, "sample " + i + ": " + pcm[i]);
    }
  }

  @Test
  void cutOffAboveTheAudioIsRefused() {
    AudioFormat slow = new AudioFormat(100, 1);
    assertThrows(
        MediaSetupException.class, () -> new HighpassProcessorFactory(80).create(slow).close());
  }

  private static void run(short[] pcm, AudioFormat format) throws Exception {
    int block = format.samplesIn(20_000);
    try (AudioProcessor processor = new HighpassProcessorFactory(80).create(format)) {
      for (int offset = 0; offset < pcm.length; offset += block * format.channels()) {
        assertEquals(block, processor.process(pcm, offset, block));
      }
    }
  }

  private static double energyOfSecondHalf(short[] pcm) {
    double energy = 0;
    for (int i = pcm.length / 2; i < pcm.length; i++) {
      energy += pcm[i] * (double) pcm[i];
    }
    return energy;
  }
}
