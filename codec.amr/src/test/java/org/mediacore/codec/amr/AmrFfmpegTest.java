package org.mediacore.codec.amr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The machine's ffmpeg, with AMR decoders of its own, decodes what we encode in every mode, and
 * hears what our decoder hears: 19 to 32 dB near. Judged with recorded speech, for on that of a
 * machine the two decoders do differ.
 */
class AmrFfmpegTest {
  @ParameterizedTest
  @EnumSource
  void ffmpegUnderstandsEveryMode(AmrVariant variant, @TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(isInstalled(), "not installed: package ffmpeg");
    int frame = variant.samplesPerFrame;
    boolean narrow = variant == AmrVariant.NARROWBAND;
    byte[] recorded = Amr.vector(narrow ? "nb/12.2k.opencore.pcm" : "wb/seed-23k85.opencore.pcm");
    short[] speech = Amr.samples(recorded); // whole frames
    for (int mode = 0; mode < variant.modes; mode++) {
      List<byte[]> frames = new ArrayList<>();
      short[] ours = new short[speech.length];
      String set = "mode-set=" + mode;
      try (AmrEncoder encoder = Amr.encoder(variant, set);
          AmrDecoder decoder = Amr.decoder(variant, set)) {
        PayloadReader reader = new PayloadReader(variant, false);
        byte[] copy = new byte[62];
        for (int at = 0; at < speech.length; at += frame) {
          byte[] payload = Amr.encode(encoder, speech, at, frame);
          assertEquals(1, reader.read(ByteBuffer.wrap(payload)));
          frames.add(Arrays.copyOf(copy, reader.copy(0, copy)));
          decoder.decode(ByteBuffer.wrap(payload), ours, at);
        }
      }
      short[] theirs = decode(variant, folder, mode, Amr.file(variant, frames));
      assertEquals(ours.length, theirs.length);
      double snrDb = snrDb(ours, theirs);
      assertTrue(snrDb > 17, variant.encoding + " mode " + mode + ": " + snrDb + " dB");
    }
  }

  private static short[] decode(AmrVariant variant, Path folder, int mode, byte[] file)
      throws Exception {
    String suffix = variant == AmrVariant.NARROWBAND ? ".amr" : ".awb";
    Path in = Files.write(folder.resolve(mode + suffix), file);
    Path out = folder.resolve(mode + ".raw");
    String decoder = variant == AmrVariant.NARROWBAND ? "amrnb" : "amrwb";
    run("ffmpeg", "-v", "error", "-c:a", decoder, "-i", "" + in, "-f", "s16le", "" + out);
    return Amr.samples(Files.readAllBytes(out));
  }

  private static double snrDb(short[] expected, short[] actual) {
    double signal = 0;
    double noise = 0;
    for (int i = 0; i < expected.length; i++) {
      signal += (double) expected[i] * expected[i];
      noise += Math.pow(expected[i] - actual[i], 2);
    }
    return 10 * Math.log10(signal / noise);
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
