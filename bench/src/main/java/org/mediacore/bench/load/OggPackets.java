package org.mediacore.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Takes the packets out of an Ogg file with one stream (RFC 3533 §6). */
final class OggPackets {
  private static final int HEADER = 27;

  private OggPackets() {}

  /**
   * Reads all packets, the codec's headers among them.
   *
   * @throws IOException if it is no Ogg file, or ends inside a page
   */
  static List<byte[]> read(InputStream in) throws IOException {
    List<byte[]> packets = new ArrayList<>();
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    while (true) {
      byte[] header = in.readNBytes(HEADER);
      if (header.length == 0) {
        return packets;
      }
      if (header.length < HEADER
          || header[0] != 'O'
          || header[1] != 'g'
          || header[2] != 'g'
          || header[3] != 'S') {
        throw new IOException("not an Ogg page");
      }
      byte[] lacing = exactly(in, header[26] & 0xFF);
      for (byte value : lacing) {
        int length = value & 0xFF;
        packet.write(exactly(in, length));
        if (length < 255) {
          packets.add(packet.toByteArray());
          packet.reset();
        }
      }
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("Ogg page is cut off");
    }
    return bytes;
  }
}
