package org.mediacore.tck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.file.AudioFileReader;
import org.mediacore.api.file.AudioFileWriter;

/** Readers and writers at work: portions of several lengths, the end of the file, closing. */
final class FileExercise implements BundleExercise {
  private static final int PORTIONS = 6;

  private record Writing(AudioFileWriter writer, MemoryFile file, AudioFormat audio) {}

  private final List<AudioFileReader> readers = new ArrayList<>();
  private final List<Writing> writings = new ArrayList<>();

  void read(AudioFileReader reader) {
    readers.add(reader);
  }

  void write(AudioFileWriter writer, MemoryFile file, AudioFormat audio) {
    writings.add(new Writing(writer, file, audio));
  }

  @Override
  public int steps() {
    return PORTIONS + 1;
  }

  @Override
  public void step(int index, Results results) throws Exception {
    if (index == PORTIONS) {
      closeAndUse(results);
      return;
    }
    for (AudioFileReader reader : readers) {
      int samples = 160 + 97 * index;
      short[] pcm = new short[samples * reader.format().channels()];
      results.add("read " + index, reader.read(pcm, 0, samples)).add("audio read", pcm);
    }
    for (Writing writing : writings) {
      int samples = 160 + 97 * index;
      writing.writer().write(TestAudio.frame(writing.audio(), 1, index, samples), 0, samples);
    }
  }

  private void closeAndUse(Results results) throws IOException {
    for (AudioFileReader reader : readers) {
      short[] pcm = new short[4_096 * reader.format().channels()];
      for (int samples = 1; samples > 0; ) {
        samples = reader.read(pcm, 0, 4_096);
        results.add("rest", samples).add("rest read", samples > 0 ? pcm : new short[0]);
        Arrays.fill(pcm, (short) 0);
      }
      reader.close();
      reader.close();
      results.add("read when closed", refusal(() -> reader.read(pcm, 0, 1)));
    }
    for (Writing writing : writings) {
      writing.writer().close();
      writing.writer().close();
      results
          .add("file written", writing.file().bytes())
          .add(
              "write when closed",
              refusal(
                  () -> {
                    writing.writer().write(new short[8_192], 0, 4_096);
                    return 0;
                  }));
    }
  }

  /** What may throw an {@link IOException}. */
  private interface Access {
    int run() throws IOException;
  }

  private static String refusal(Access access) {
    try {
      return "not refused: " + access.run();
    } catch (IOException refused) {
      return "refused";
    }
  }

  @Override
  public void close() throws IOException {
    for (AudioFileReader reader : readers) {
      reader.close();
    }
    for (Writing writing : writings) {
      writing.writer().close();
    }
  }
}
