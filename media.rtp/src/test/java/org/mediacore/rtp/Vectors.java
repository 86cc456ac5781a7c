package org.mediacore.rtp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds and reads the reference captures. */
final class Vectors {

  /** A datagram and when it was captured. */
  record Datagram(long atNs, byte[] bytes) {}

  /** One line of an arrival trace. */
  record Arrival(long atNs, int sequence, int timestamp, int size) {}

  private Vectors() {}

  static Path root() {
    String configured = System.getenv("MEDIACORE_VECTORS");
    Path root = Path.of(configured == null ? "../../shared/vectors" : configured);
    assumeTrue(Files.isDirectory(root), "set MEDIACORE_VECTORS to the reference data: no " + root);
    return root;
  }

  static List<Path> files(String folder, String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(root().resolve(folder))) {
      return all.filter(Files::isRegularFile)
          .filter(f -> f.toString().endsWith(suffix))
          .filter(f -> !f.endsWith("SOURCES.txt"))
          .sorted()
          .toList();
    }
  }

  static List<Datagram> read(Path file) throws IOException {
    return file.toString().endsWith(".pcap") ? pcap(file) : rtpdump(file);
  }

  /** Ethernet, IPv4, UDP in the classic little-endian pcap format. */
  private static List<Datagram> pcap(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Datagram> datagrams = new ArrayList<>();
    in.position(24);
    while (in.remaining() > 0) {
      long atNs = in.getInt() * 1_000_000_000L + in.getInt() * 1000L;
      int length = in.getInt();
      in.getInt();
      int udp = in.position() + 14 + 4 * (in.get(in.position() + 14) & 0x0F);
      byte[] bytes = new byte[length - (udp + 8 - in.position())];
      in.get(udp + 8, bytes);
      in.position(in.position() + length);
      datagrams.add(new Datagram(atNs, bytes));
    }
    return datagrams;
  }

  /** The format of rtpdump: a text line, a 16-byte header, then length, packet length, ms, data. */
  private static List<Datagram> rtpdump(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
    while (in.get() != '\n') {
      // The first line names the program and the source.
    }
    in.position(in.position() + 16);
    List<Datagram> datagrams = new ArrayList<>();
    while (in.remaining() >= 8) {
      byte[] bytes = new byte[(in.getShort() & 0xFFFF) - 8];
      in.getShort();
      long atNs = in.getInt() * 1_000_000L;
      in.get(bytes);
      // A sender that suppresses silence left records without a packet in one of the dumps.
      if (bytes.length > 0) {
        datagrams.add(new Datagram(atNs, bytes));
      }
    }
    return datagrams;
  }

  static List<Arrival> trace(String name) throws IOException {
    List<Arrival> arrivals = new ArrayList<>();
    for (String line : Files.readAllLines(root().resolve("jitter/trace-" + name + ".csv"))) {
      if (!line.startsWith("arrival")) {
        String[] f = line.split(",");
        arrivals.add(
            new Arrival(
                (long) (Double.parseDouble(f[0]) * 1e6),
                Integer.parseInt(f[1]),
                (int) Long.parseLong(f[2]),
                Integer.parseInt(f[3])));
      }
    }
    return arrivals;
  }
}
