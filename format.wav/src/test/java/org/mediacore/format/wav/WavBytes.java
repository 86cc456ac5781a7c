package org.mediacore.format.wav;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds WAVE files piece by piece, also such as no good writer makes. */
final class WavBytes {
  private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
  private long riffSize = -1;

  WavBytes format(int tag, int channels, int sampleRateHz, int bits) {
    return chunk("fmt ", formatContent(tag, channels, sampleRateHz, bits, 16).array());
  }

  WavBytes extensible(int tag, int channels, int sampleRateHz, int bits) {
    ByteBuffer content = formatContent(0xFFFE, channels, sampleRateHz, bits, 40);
    content.putShort(16, (short) 22).putShort(18, (short) bits).putShort(24, (short) tag);
    content.putShort(30, (short) 0x0010);
    content.put(32, new byte[] {(byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71});
    return chunk("fmt ", content.array());
  }

  private static ByteBuffer formatContent(
      int tag, int channels, int sampleRateHz, int bits, int length) {
    ByteBuffer content = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    int block = channels * bits / 8;
    content.putShort((short) tag).putShort((short) channels).putInt(sampleRateHz);
    return content.putInt(sampleRateHz * block).putShort((short) block).putShort((short) bits);
  }

  /** A chunk with its true size, padded to an even length. */
  WavBytes chunk(String id, byte[] content) {
    chunk(id, content.length, content);
    if (content.length % 2 == 1) {
      chunks.write(0);
    }
    return this;
  }

  /** A chunk that claims a size. */
  WavBytes chunk(String id, long size, byte[] content) {
    chunks.writeBytes(id.getBytes(StandardCharsets.US_ASCII));
    chunks.writeBytes(littleEndian(size));
    chunks.writeBytes(content);
    return this;
  }

  /** Claims a size in the RIFF header. */
  WavBytes riffSize(long value) {
    riffSize = value;
    return this;
  }

  byte[] build() {
    return build("RIFF", "WAVE");
  }

  byte[] build(String riff, String wave) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(riff.getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(littleEndian(riffSize < 0 ? chunks.size() + 4 : riffSize));
    file.writeBytes(wave.getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(chunks.toByteArray());
    return file.toByteArray();
  }

  private static byte[] littleEndian(long value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array();
  }
}
