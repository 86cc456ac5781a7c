package org.mediacore.codec.ilbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Files of the folder ilbc of MEDIACORE_VECTORS; a test that asks for one is skipped without. */
final class Vectors {
  private Vectors() {}

  static byte[] bytes(String name) throws IOException {
    String configured = System.getenv("MEDIACORE_VECTORS");
    Path folder = Path.of(configured == null ? "../../shared/vectors" : configured, "ilbc");
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "reference vectors: set MEDIACORE_VECTORS to their folder");
    return Files.readAllBytes(folder.resolve(name));
  }

  /** Samples of 16 bits, low byte first. */
  static short[] samples(String name) throws IOException {
    return toSamples(bytes(name));
  }

  static short[] toSamples(byte[] bytes) {
    short[] samples = new short[bytes.length / 2];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return samples;
  }
}
