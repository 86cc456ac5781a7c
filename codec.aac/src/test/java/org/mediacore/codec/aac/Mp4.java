package org.mediacore.codec.aac;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The one audio track of an MP4 file (ISO/IEC 14496-12): configuration and access units. */
final class Mp4 {
  private final ByteBuffer file;
  private byte[] config = {};
  private ByteBuffer sizes;
  private ByteBuffer chunks;
  private ByteBuffer chunkRuns;

  Mp4(Path path) throws IOException {
    file = ByteBuffer.wrap(Files.readAllBytes(path));
    boxes(0, file.capacity());
  }

  /** The AudioSpecificConfig. */
  byte[] config() {
    return config;
  }

  private void boxes(int from, int to) {
    int at = from;
    while (at + 8 <= to) {
      int size = file.getInt(at);
      int type = file.getInt(at + 4);
      if (size < 8 || size > to - at) {
        throw new IllegalStateException("box of " + size + " bytes at " + at);
      }
      box(new String(ByteBuffer.allocate(4).putInt(type).array()), at + 8, at + size);
      at += size;
    }
  }

  private void box(String type, int from, int to) {
    switch (type) {
      case "moov", "trak", "mdia", "minf", "stbl" -> boxes(from, to);
      case "stsd" -> boxes(from + 8, to);
      case "mp4a" -> boxes(from + 28, to);
      case "esds" -> descriptors(from + 4, to);
      case "stsz" -> sizes = file.slice(from, to - from);
      case "stco" -> chunks = file.slice(from, to - from);
      case "stsc" -> chunkRuns = file.slice(from, to - from);
      default -> {
        // nothing that is needed
      }
    }
  }

  /** ES_Descriptor (3) holds DecoderConfigDescriptor (4) holds DecoderSpecificInfo (5). */
  private void descriptors(int from, int to) {
    int at = from;
    while (at < to) {
      int tag = file.get(at++);
      int length = 0;
      int more;
      do {
        more = file.get(at++);
        length = length << 7 | more & 0x7F;
      } while ((more & 0x80) != 0);
      if (tag == 5) {
        config = new byte[length];
        file.get(at, config);
      }
      at += tag == 3 ? 3 : tag == 4 ? 13 : length;
    }
  }

  /** The access units in order. */
  List<byte[]> units() {
    List<byte[]> units = new ArrayList<>();
    int runs = chunkRuns.getInt(4);
    for (int run = 0; run < runs; run++) {
      int first = chunkRuns.getInt(8 + 12 * run);
      int next = run + 1 < runs ? chunkRuns.getInt(8 + 12 * (run + 1)) : chunks.getInt(4) + 1;
      for (int chunk = first; chunk < next; chunk++) {
        int at = chunks.getInt(8 + 4 * (chunk - 1));
        for (int i = 0; i < chunkRuns.getInt(12 + 12 * run); i++) {
          int common = sizes.getInt(4);
          byte[] unit = new byte[common > 0 ? common : sizes.getInt(12 + 4 * units.size())];
          file.get(at, unit);
          units.add(unit);
          at += unit.length;
        }
      }
    }
    return units;
  }
}
