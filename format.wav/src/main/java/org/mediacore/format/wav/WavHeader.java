package org.mediacore.format.wav;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import org.mediacore.api.codec.AudioFormat;

/**
 * What stands before the audio of a RIFF/WAVE file. All numbers are little-endian:
 *
 * <pre>
 *   0  "RIFF"  size of all that follows   "WAVE"
 *  12  chunk id (4)   chunk size (4)   content, padded to an even length     ... repeated
 *
 *  "fmt ": tag (2) channels (2) rate (4) bytes per second (4) block align (2) bits (2)
 *          then, for tag 0xFFFE: extension size (2) valid bits (2) channel mask (4) sub-format (16)
 *  "data": the samples, interleaved
 * </pre>
 *
 * <p>Other chunks are skipped. A data size of 0 or 0xFFFFFFFF is that of a writer that did not
 * finish: the audio then reaches to the end of the file, as it does when the file was cut.
 *
 * @param encoding how samples are held
 * @param format rate and channels
 * @param dataStart the position of the first sample
 * @param dataBytes bytes of audio that are there, whole samples of all channels
 */
record WavHeader(SampleEncoding encoding, AudioFormat format, long dataStart, long dataBytes) {
  private static final int TAG_EXTENSIBLE = 0xFFFE;
  private static final int EXTENSIBLE_BYTES = 40;
  private static final int MAX_CHUNKS = 10_000;
  private static final long UNFINISHED = 0xFFFF_FFFFL;

  /** The end of KSDATAFORMAT_SUBTYPE_*: the sub-format's first two bytes are a format tag. */
  private static final long SUB_FORMAT_MIDDLE = 0x0010_0000_0000L;

  private static final long SUB_FORMAT_END = 0x719b_3800_aa00_0080L;

  /** Reads from the start of a file up to its audio. */
  static WavHeader read(SeekableByteChannel channel) throws IOException {
    long fileBytes = channel.size();
    ByteBuffer riff = readAt(channel, 0, 12, "the RIFF header");
    requireWave(riff);
    long riffBytes = riff.getInt(4) & 0xFFFF_FFFFL;
    WavHeader fmt = null;
    long position = 12;
    for (int chunk = 0; chunk < MAX_CHUNKS; chunk++) {
      if (position + 8 > fileBytes) {
        throw new IOException("WAVE file without a data chunk");
      }
      ByteBuffer head = readAt(channel, position, 8, "a chunk header");
      String id = idAt(head, 0);
      long size = head.getInt(4) & 0xFFFF_FFFFL;
      position += 8;
      if (id.equals("data")) {
        if (fmt == null) {
          throw new IOException("WAVE file whose data comes before its format");
        }
        boolean complete = riffBytes + 8 >= fileBytes - 1 && riffBytes != UNFINISHED;
        return fmt.withData(position, size, fileBytes - position, complete);
      }
      if (id.equals("fmt ")) {
        fmt = readFormat(channel, position, size);
      }
      position += size + (size & 1);
    }
    throw new IOException("WAVE file with more than " + MAX_CHUNKS + " chunks before its data");
  }

  private static void requireWave(ByteBuffer riff) throws IOException {
    String id = idAt(riff, 0);
    if (id.equals("RF64") || id.equals("BW64") || id.equals("RIFX")) {
      throw new IOException(id + " files are not supported, RIFF is");
    }
    if (!id.equals("RIFF") || !idAt(riff, 8).equals("WAVE")) {
      throw new IOException("not a WAVE file: it does not begin with RIFF and WAVE");
    }
  }

  private static WavHeader readFormat(SeekableByteChannel channel, long position, long size)
      throws IOException {
    if (size < 16) {
      throw new IOException("WAVE format chunk of " + size + " bytes, 16 are needed");
    }
    int wanted = (int) Math.min(size, EXTENSIBLE_BYTES);
    ByteBuffer fmt = readAt(channel, position, wanted, "the format chunk");
    int tag = fmt.getShort(0) & 0xFFFF;
    int channels = fmt.getShort(2) & 0xFFFF;
    long sampleRateHz = fmt.getInt(4) & 0xFFFF_FFFFL;
    int blockBytes = fmt.getShort(12) & 0xFFFF;
    int bits = fmt.getShort(14) & 0xFFFF;
    SampleEncoding encoding = SampleEncoding.of(tag == TAG_EXTENSIBLE ? subFormat(fmt) : tag, bits);
    if (channels < 1 || channels > 2) {
      throw new IOException("WAVE file with " + channels + " channels, 1 or 2 are supported");
    }
    if (sampleRateHz < 1 || sampleRateHz > 384_000) {
      throw new IOException("WAVE file of " + sampleRateHz + " Hz, 1 to 384000 are supported");
    }
    if (blockBytes != channels * encoding.bytes) {
      throw new IOException(
          "WAVE block of " + blockBytes + " bytes for " + channels + " x " + bits + " bits");
    }
    return new WavHeader(encoding, new AudioFormat((int) sampleRateHz, channels), 0, 0);
  }

  private static int subFormat(ByteBuffer fmt) throws IOException {
    if (fmt.limit() < EXTENSIBLE_BYTES) {
      throw new IOException("extensible WAVE format chunk of " + fmt.limit() + " bytes, 40 needed");
    }
    boolean known =
        fmt.getLong(24) >>> 16 == SUB_FORMAT_MIDDLE && fmt.getLong(32) == SUB_FORMAT_END;
    if (!known) {
      throw new IOException("WAVE file of an unknown sub-format");
    }
    return fmt.getShort(24) & 0xFFFF;
  }

  /**
   * @param size what the data chunk says
   * @param available bytes from its start to the end of the file
   * @param complete whether the RIFF header accounts for the whole file
   */
  private WavHeader withData(long start, long size, long available, boolean complete) {
    boolean unfinished = size == UNFINISHED || size == 0 && !complete;
    long bytes = unfinished ? available : Math.min(size, available);
    return new WavHeader(encoding, format, start, bytes - bytes % blockBytes());
  }

  /** Bytes of one sample of all channels. */
  int blockBytes() {
    return encoding.bytes * format.channels();
  }

  private static String idAt(ByteBuffer buffer, int index) {
    byte[] id = new byte[4];
    buffer.get(index, id);
    return new String(id, StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer readAt(
      SeekableByteChannel channel, long position, int length, String what) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    channel.position(position);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new IOException("WAVE file ends within " + what + " at " + position);
      }
    }
    return buffer.flip();
  }
}
