package org.mediacore.dsp;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labelled recordings (vectors vad/, 16 kHz mono): a talker must be heard, a pause be noticed. */
class TalkerDetectorVectorTest {
  private static final int RATE_HZ = 16000;
  private static final int BLOCK = RATE_HZ / 100;

  private static final Path VECTORS =
      Path.of(
          Optional.ofNullable(System.getenv("MEDIACORE_VECTORS"))
              .orElse(Path.of("..", "..", "shared", "vectors").toString()),
          "vad");

  @ParameterizedTest
  @ValueSource(strings = {"train.wav", "valid.wav"})
  void labelledSpeechIsHeard(String file) throws IOException {
    assumeTrue(Files.isDirectory(VECTORS), "set MEDIACORE_VECTORS to the folder that holds vad/");
    short[] pcm = samples(VECTORS.resolve(file));
    boolean[] speech = labels(file, pcm.length / BLOCK);
    TalkerDetector detector = new TalkerDetector(RATE_HZ, 1);
    int heard = 0;
    int spoken = 0;
    int inactive = 0;
    int pauses = 0;
    int sinceSpeech = Integer.MAX_VALUE / 2;
    for (int i = 0; i < speech.length; i++) {
      boolean active = detector.update(pcm, i * BLOCK, BLOCK);
      sinceSpeech = speech[i] ? 0 : sinceSpeech + 1;
      spoken += speech[i] ? 1 : 0;
      heard += speech[i] && active ? 1 : 0;
      boolean pause = sinceSpeech > TalkerDetector.HANG_OVER_MS / 10;
      pauses += pause ? 1 : 0;
      inactive += pause && !active ? 1 : 0;
    }
    assertTrue(
        spoken > 200 && heard >= 0.98 * spoken,
        heard + " of " + spoken + " blocks of speech heard");
    assertTrue(
        pauses > 80 && inactive >= 0.65 * pauses, inactive + " of " + pauses + " blocks of pause");
  }

  /** Per block whether it is labelled as speech, up to the end of the labelled part. */
  private static boolean[] labels(String file, int blocks) throws IOException {
    boolean[] speech = new boolean[blocks];
    int labelled = 0;
    for (String line : Files.readAllLines(VECTORS.resolve("speechbrain.labels.tsv"))) {
      String[] columns = line.split("\t");
      if (!columns[0].equals(file)) {
        continue;
      }
      double clip = Double.parseDouble(columns[1]);
      labelled = Math.min(blocks, (int) Math.round(Double.parseDouble(columns[2]) * 100));
      String[] times = columns.length > 3 ? columns[3].trim().split(" +") : new String[0];
      for (int t = 0; t + 1 < times.length; t += 2) {
        int from = (int) Math.round((clip + Double.parseDouble(times[t])) * 100);
        int to = (int) Math.round((clip + Double.parseDouble(times[t + 1])) * 100);
        Arrays.fill(speech, from, Math.min(to, blocks), true);
      }
    }
    return Arrays.copyOf(speech, labelled);
  }

  private static short[] samples(Path wav) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
    int at = 12; // after "RIFF", size, "WAVE"
    while (bytes.getInt(at) != 0x61746164) { // "data"
      at += 8 + bytes.getInt(at + 4);
    }
    short[] pcm = new short[Math.min(bytes.getInt(at + 4), bytes.capacity() - at - 8) / 2];
    bytes.position(at + 8);
    bytes.asShortBuffer().get(pcm);
    return pcm;
  }
}
