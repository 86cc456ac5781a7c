package org.mediacore.codec.ilbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * FFmpeg decodes what we encode, from the storage format of RFC 3952 §4.1. Its decoder is a
 * fixed-point one without the enhancer and its delay, so that what it gives is compared with the
 * speech and not with ours.
 */
class IlbcFfmpegTest {
  @ParameterizedTest
  @EnumSource
  void ffmpegUnderstandsUs(FrameMode mode, @TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(isInstalled(), "not installed: package ffmpeg");
    short[] speech = Speech.make(40_320);
    byte[] data = Quality.encode(mode, speech);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(("#!iLBC" + mode.frameMs + "\n").getBytes(StandardCharsets.US_ASCII));
    file.write(data);
    Path in = Files.write(folder.resolve("ours.lbc"), file.toByteArray());
    Path out = folder.resolve("theirs.raw");
    run("ffmpeg", "-v", "error", "-i", in.toString(), "-f", "s16le", out.toString());
    short[] theirs = Vectors.toSamples(Files.readAllBytes(out));
    short[] ours = Quality.decode(mode, data);
    assertEquals(ours.length, theirs.length);
    double theirsDb = Quality.segmentalSnrDb(speech, theirs, 0);
    double oursDb = Quality.segmentalSnrDb(mode, speech, ours);
    assertTrue(theirsDb > oursDb - 1, "theirs " + theirsDb + " dB, ours " + oursDb + " dB");
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ffmpeg")));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("does not end: " + String.join(" ", command));
    }
    assertEquals(0, process.exitValue(), String.join(" ", command));
  }
}
