package org.mediacore.codec.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.ffmpeg.FFmpeg;
import org.mediacore.ffmpeg.host.FFmpegLibrary;

/** What the tests have in common. */
final class Aac {
  private Aac() {}

  /** The libraries; the test is skipped on a machine that they are not for. */
  static FFmpeg ffmpeg() {
    String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    Assumptions.assumeTrue(
        machine.equals("Linux amd64"), "media.ffmpeg has libraries for Linux amd64: " + machine);
    try {
      return FFmpegLibrary.load(Path.of("target/natives"));
    } catch (MediaSetupException broken) {
      throw new AssertionError(broken);
    }
  }

  /** The machine's libfdk-aac; the test is skipped where it has none. */
  static EncoderLibrary fdk() {
    return EncoderChoice.library(fdkSettings())
        .orElseThrow(() -> new AssertionError("there, but not usable: see the log"));
  }

  /** The configuration with the library's file; the test is skipped where there is none. */
  static AacSettings fdkSettings() {
    String configured = System.getenv().getOrDefault("MEDIACORE_LIBFDK_AAC", "");
    try {
      FdkLibrary.acquire(configured).release();
    } catch (LinkageError missing) {
      Assumptions.abort(
          "not installed: package libfdk-aac2 (non-free); or set MEDIACORE_LIBFDK_AAC to the file");
    }
    return AacSettings.DEFAULT.orLibrary(configured);
  }

  /** A factory that only decodes. */
  static AacCodecFactory decoding() {
    return new AacCodecFactory(ffmpeg(), AacSettings.DEFAULT, Optional.empty());
  }

  static Fmtp fmtp(String config) {
    return Fmtp.NONE.with("config", config);
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** What the factory agrees on with a peer that declares the same. */
  static CodecParameters agreed(AacCodecFactory factory, Fmtp fmtp) {
    AacConfig read = AacConfig.of(fmtp).orElseThrow();
    CodecDescriptor descriptor =
        factory.descriptors().stream().filter(d -> read.isOf(d.audio())).findFirst().orElseThrow();
    return factory.negotiate(descriptor, fmtp, fmtp).orElseThrow();
  }

  /** A decoder for a stream with this configuration. */
  static AacDecoder decoder(byte[] config) throws MediaSetupException {
    AacCodecFactory factory = decoding();
    CodecParameters agreed = agreed(factory, fmtp(HexFormat.of().formatHex(config)));
    return (AacDecoder) factory.createDecoder(agreed);
  }

  /** A file of the folder aac of MEDIACORE_VECTORS; the test is skipped where it is absent. */
  static Path vector(String name) {
    String configured = System.getenv("MEDIACORE_VECTORS");
    Path folder = Path.of(configured == null ? "../../shared/vectors" : configured, "aac");
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "reference vectors: set MEDIACORE_VECTORS to their folder");
    return folder.resolve(name);
  }

  /** What the machine's ffmpeg writes; the test is skipped where it is not installed. */
  static byte[] ffmpegProgram(Path out, String... arguments)
      throws IOException, InterruptedException {
    boolean installed =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ffmpeg")));
    Assumptions.assumeTrue(installed, "not installed: package ffmpeg");
    List<String> command = new ArrayList<>();
    command.add("ffmpeg");
    command.add("-nostdin");
    command.addAll(List.of(arguments));
    command.add(out.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("does not end: " + command);
    }
    assertEquals(0, process.exitValue(), command.toString());
    return Files.readAllBytes(out);
  }

  static short[] samples(byte[] littleEndian) {
    short[] samples = new short[littleEndian.length / 2];
    ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return samples;
  }

  /** The access units of an ADTS stream, without their headers of 7 bytes. */
  static List<byte[]> unitsOfAdts(byte[] stream) {
    List<byte[]> units = new ArrayList<>();
    int at = 0;
    while (at + 7 <= stream.length) {
      int length =
          (stream[at + 3] & 3) << 11 | (stream[at + 4] & 0xFF) << 3 | (stream[at + 5] & 0xFF) >> 5;
      ByteArrayOutputStream unit = new ByteArrayOutputStream();
      unit.write(stream, at + 7, length - 7);
      units.add(unit.toByteArray());
      at += length;
    }
    return units;
  }
}
