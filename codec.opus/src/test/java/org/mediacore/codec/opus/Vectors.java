package org.mediacore.codec.opus;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.tukaani.xz.XZInputStream;

/** Reads reference data; a test that needs data which is not there is skipped. */
final class Vectors {
  private static final String VARIABLE = "MEDIACORE_VECTORS";

  private Vectors() {}

  /** One packet of a test vector. */
  record Packet(byte[] payload, int finalRange) {}

  static Path file(String name) {
    String configured = System.getenv(VARIABLE);
    Path file = Path.of(configured == null ? "../../shared/vectors" : configured).resolve(name);
    Assumptions.assumeTrue(Files.exists(file), () -> VARIABLE + " has no " + name);
    return file;
  }

  /**
   * Packets in the format of opus_demo: length and final range, both 32 bits big-endian, payload.
   */
  static List<Packet> packets(String name) throws IOException {
    List<Packet> packets = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file(name)))) {
      while (in.available() > 0) {
        int length = in.readInt();
        int finalRange = in.readInt();
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
          throw new EOFException(name);
        }
        packets.add(new Packet(payload, finalRange));
      }
    }
    return packets;
  }

  /** Little-endian samples, packed with xz or gzip as the name says. */
  static short[] pcm(String name) throws IOException {
    try (InputStream raw = Files.newInputStream(file(name));
        InputStream in = name.endsWith(".xz") ? new XZInputStream(raw) : new GZIPInputStream(raw)) {
      return shorts(in.readAllBytes(), 0);
    }
  }

  /** Samples of a WAV file whose data chunk begins at byte 44. */
  static short[] wav(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(file(name));
    if (ByteBuffer.wrap(bytes).getInt(36) != 0x64617461) { // "data"
      throw new IOException(name + " has no plain header");
    }
    return shorts(bytes, 44);
  }

  private static short[] shorts(byte[] bytes, int from) {
    short[] pcm = new short[(bytes.length - from) / 2];
    ByteBuffer.wrap(bytes, from, pcm.length * 2)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asShortBuffer()
        .get(pcm);
    return pcm;
  }
}
