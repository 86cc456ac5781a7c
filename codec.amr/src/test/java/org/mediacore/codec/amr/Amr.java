package org.mediacore.codec.amr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.ffmpeg.FFmpeg;
import org.mediacore.ffmpeg.host.FFmpegLibrary;

/** What the tests have in common. */
final class Amr {
  private Amr() {}

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

  static AmrCodecFactory factory() {
    return factory(AmrSettings.DEFAULT);
  }

  static AmrCodecFactory factory(AmrSettings settings) {
    return new AmrCodecFactory(ffmpeg(), settings);
  }

  /** What is agreed with a peer that declares {@code remote}, our side having nothing to say. */
  static CodecParameters agree(AmrCodecFactory factory, AmrVariant variant, String remote) {
    return factory
        .negotiate(
            factory.descriptors().get(variant.ordinal()),
            Fmtp.parse(remote),
            factory.descriptors().get(variant.ordinal()).defaultFmtp())
        .orElseThrow();
  }

  static AmrEncoder encoder(AmrSettings settings, AmrVariant variant, String remote, int ptimeMs)
      throws MediaSetupException {
    AmrCodecFactory factory = factory(settings);
    CodecParameters agreed = agree(factory, variant, remote).withPtimeMs(ptimeMs);
    return (AmrEncoder) factory.createEncoder(agreed);
  }

  static AmrEncoder encoder(AmrVariant variant, String remote) throws MediaSetupException {
    return encoder(AmrSettings.DEFAULT, variant, remote, 20);
  }

  static AmrDecoder decoder(AmrVariant variant, String remote) throws MediaSetupException {
    AmrCodecFactory factory = factory();
    return (AmrDecoder) factory.createDecoder(agree(factory, variant, remote));
  }

  /** Encodes a payload; empty where there is nothing to send. */
  static byte[] encode(AmrEncoder encoder, short[] pcm, int offset, int samples) {
    ByteBuffer out = ByteBuffer.allocate(1_275);
    int bytes = encoder.encode(pcm, offset, samples, out);
    assertTrue(bytes >= 0, "status " + bytes);
    assertEquals(bytes, out.position());
    return Arrays.copyOf(out.array(), bytes);
  }

  /** The payload of given frames in the format of files. */
  static byte[] payload(AmrVariant variant, boolean octetAligned, int request, byte[]... frames) {
    PayloadWriter writer = new PayloadWriter(variant, octetAligned, frames.length);
    for (byte[] frame : frames) {
      assertTrue(writer.add(frame, frame.length));
    }
    return Arrays.copyOf(writer.bytes(), writer.write(request));
  }

  /** A file of the folder amr of MEDIACORE_VECTORS; the test is skipped where it is absent. */
  static byte[] vector(String name) throws IOException {
    String configured = System.getenv("MEDIACORE_VECTORS");
    Path folder = Path.of(configured == null ? "../../shared/vectors" : configured, "amr");
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "reference vectors: set MEDIACORE_VECTORS to their folder");
    return Files.readAllBytes(folder.resolve(name));
  }

  /** The frames of a file (RFC 4867 §5), each with its header byte. */
  static List<byte[]> frames(AmrVariant variant, byte[] file) {
    String magic = variant == AmrVariant.NARROWBAND ? "#!AMR\n" : "#!AMR-WB\n";
    int at = magic.length();
    assertEquals(magic, new String(file, 0, at, StandardCharsets.US_ASCII));
    List<byte[]> frames = new ArrayList<>();
    while (at < file.length) {
      int bytes = 1 + variant.frameBytes(file[at] >> 3 & 0xF);
      frames.add(Arrays.copyOfRange(file, at, at + bytes));
      at += bytes;
    }
    return frames;
  }

  /** The file of frames. */
  static byte[] file(AmrVariant variant, List<byte[]> frames) {
    String magic = variant == AmrVariant.NARROWBAND ? "#!AMR\n" : "#!AMR-WB\n";
    java.io.ByteArrayOutputStream file = new java.io.ByteArrayOutputStream();
    try {
      file.write(magic.getBytes(StandardCharsets.US_ASCII));
      for (byte[] frame : frames) {
        file.write(frame);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return file.toByteArray();
  }

  static short[] samples(byte[] littleEndian) {
    short[] samples = new short[littleEndian.length / 2];
    ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return samples;
  }

  /** Something like speech: a voice of changing pitch and vowel, syllables and pauses. */
  static short[] speech(AmrVariant variant, int samples) {
    short[] pcm = new short[samples];
    int rateHz = variant.audio.sampleRateHz();
    double phase = 0;
    double low = 0;
    double lower = 0;
    for (int i = 0; i < samples; i++) {
      double t = (double) i / rateHz;
      phase += (120 + 30 * Math.sin(2 * Math.PI * 0.7 * t)) / rateHz;
      double pulse = phase % 1 < 0.08 ? 1 : -0.087;
      double formant = 2 * Math.PI * (500 + 250 * Math.sin(2 * Math.PI * 1.3 * t)) / rateHz;
      double next = pulse + 1.8 * Math.cos(formant) * low - 0.81 * lower;
      lower = low;
      low = next;
      double loudness = Math.max(0, Math.sin(2 * Math.PI * 2 * t));
      pcm[i] = (short) Math.max(-32_000, Math.min(32_000, 3_000 * loudness * next));
    }
    return pcm;
  }

  static double energy(short[] pcm, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) pcm[i] * pcm[i];
    }
    return sum / (to - from);
  }
}
