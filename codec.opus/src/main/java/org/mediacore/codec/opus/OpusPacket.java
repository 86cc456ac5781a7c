package org.mediacore.codec.opus;

import java.nio.ByteBuffer;

/**
 * Reads the headers of one Opus packet (RFC 6716 §3) without decoding it. A reader is kept by one
 * decoder and used by its thread; {@link #read} replaces what was read before and allocates
 * nothing.
 *
 * <pre>
 *   0 1 2 3 4 5 6 7
 *  +-+-+-+-+-+-+-+-+
 *  | config  |s| c |   config: mode, bandwidth, frame duration; s: stereo; c: frame packing
 *  +-+-+-+-+-+-+-+-+
 * </pre>
 */
final class OpusPacket {
  /** Longest frame in bytes (RFC 6716 §3.4, R2). */
  static final int MAX_FRAME_BYTES = 1275;

  /** Longest packet in microseconds (RFC 6716 §3.4, R5). */
  /** The longest packet (RFC 6716 §2.1.4). */
  static final int MAX_DURATION_US = 120_000;

  private static final int NOT_VALID = -1;

  private static final int[] SILK_FRAME_US = {10_000, 20_000, 40_000, 60_000};
  private static final int[] HYBRID_FRAME_US = {10_000, 20_000};
  private static final int[] CELT_FRAME_US = {2_500, 5_000, 10_000, 20_000};

  private int config;
  private boolean stereo;
  private int frames;
  private int firstFrameAt;
  private int firstFrameBytes;
  private int position;

  /**
   * Reads the headers and checks the rules R1 to R7 of RFC 6716 §3.4.
   *
   * @param payload from position to limit; not changed
   * @return whether the packet is valid; otherwise the other methods have no meaning
   */
  boolean read(ByteBuffer payload) {
    int start = payload.position();
    int end = payload.limit();
    if (start == end) {
      return false; // R1
    }
    int toc = payload.get(start) & 0xFF;
    config = toc >> 3;
    stereo = (toc & 4) != 0;
    position = start + 1;
    boolean valid =
        switch (toc & 3) {
          case 0 -> readOne(end);
          case 1 -> readTwoEqual(end);
          case 2 -> readTwo(payload, end);
          default -> readMany(payload, end);
        };
    return valid && frames * frameDurationUs() <= MAX_DURATION_US;
  }

  /** Code 0: one frame takes the rest (RFC 6716 §3.2.2). */
  private boolean readOne(int end) {
    frames = 1;
    return firstFrame(position, end - position);
  }

  /** Code 1: two frames of equal size (RFC 6716 §3.2.3, R3). */
  private boolean readTwoEqual(int end) {
    frames = 2;
    int rest = end - position;
    return rest % 2 == 0 && firstFrame(position, rest / 2);
  }

  /** Code 2: two frames, the length of the first is given (RFC 6716 §3.2.4, R4). */
  private boolean readTwo(ByteBuffer payload, int end) {
    frames = 2;
    int length = readLength(payload, end);
    if (length == NOT_VALID) {
      return false;
    }
    int rest = end - position - length;
    return rest >= 0 && rest <= MAX_FRAME_BYTES && firstFrame(position, length);
  }

  /**
   * Code 3: a count byte, padding and any number of frames (RFC 6716 §3.2.5, R6 and R7).
   *
   * <pre>
   *   0 1 2 3 4 5 6 7
   *  +-+-+-+-+-+-+-+-+
   *  |v|p|     M     |   v: sizes vary; p: padding; M: frames
   *  +-+-+-+-+-+-+-+-+
   * </pre>
   */
  private boolean readMany(ByteBuffer payload, int end) {
    if (position == end) {
      return false;
    }
    int count = payload.get(position++) & 0xFF;
    frames = count & 0x3F;
    if (frames == 0 || frames * frameDurationUs() > MAX_DURATION_US) {
      return false;
    }
    int padding = (count & 0x40) == 0 ? 0 : readPadding(payload, end);
    if (padding == NOT_VALID || padding > end - position) {
      return false;
    }
    int framesEnd = end - padding;
    return (count & 0x80) == 0 ? readManyEqual(framesEnd) : readManyVarying(payload, framesEnd);
  }

  private boolean readManyEqual(int end) {
    int rest = end - position;
    return rest % frames == 0 && firstFrame(position, rest / frames);
  }

  private boolean readManyVarying(ByteBuffer payload, int end) {
    int first = 0;
    int total = 0;
    for (int i = 0; i < frames - 1; i++) {
      int length = readLength(payload, end);
      if (length == NOT_VALID) {
        return false;
      }
      first = i == 0 ? length : first;
      total += length;
    }
    int last = end - position - total;
    if (last < 0 || last > MAX_FRAME_BYTES) {
      return false;
    }
    return firstFrame(position, frames == 1 ? last : first);
  }

  /** The number of padding bytes; each 255 stands for 254 and says that another byte follows. */
  private int readPadding(ByteBuffer payload, int end) {
    int padding = 0;
    while (position < end) {
      int value = payload.get(position++) & 0xFF;
      if (value < 255) {
        return padding + value;
      }
      padding += 254;
    }
    return NOT_VALID;
  }

  /** A frame length in one byte (0..251) or two, {@code second * 4 + first} (RFC 6716 §3.2.1). */
  private int readLength(ByteBuffer payload, int end) {
    if (position >= end) {
      return NOT_VALID;
    }
    int first = payload.get(position++) & 0xFF;
    if (first < 252) {
      return first;
    }
    if (position >= end) {
      return NOT_VALID;
    }
    return (payload.get(position++) & 0xFF) * 4 + first;
  }

  private boolean firstFrame(int at, int bytes) {
    firstFrameAt = at;
    firstFrameBytes = bytes;
    return bytes <= MAX_FRAME_BYTES;
  }

  /** Microseconds of each frame (RFC 6716 §3.1, table 2). */
  int frameDurationUs() {
    if (config < 12) {
      return SILK_FRAME_US[config & 3];
    }
    return config < 16 ? HYBRID_FRAME_US[config & 1] : CELT_FRAME_US[config & 3];
  }

  /** Frames in the packet, 1 to 48. */
  int frames() {
    return frames;
  }

  /** Whether the packet is coded in stereo. */
  boolean stereo() {
    return stereo;
  }

  /** Samples per channel of the packet at a rate that Opus decodes to. */
  int samples(int sampleRateHz) {
    return frames * frameSamples(sampleRateHz);
  }

  /** Samples per channel of one of its frames. */
  int frameSamples(int sampleRateHz) {
    return (int) ((long) frameDurationUs() * sampleRateHz / 1_000_000);
  }

  /**
   * Whether the first frame holds redundancy (LBRR) for the frame before. SILK writes a
   * voice-activity bit per 20 ms and then the LBRR bit, first for mid, then for side, each with a
   * probability of one half: they are the first bits as they stand (RFC 6716 §4.2.3).
   *
   * @param payload what was read
   */
  boolean hasRedundancy(ByteBuffer payload) {
    if (config >= 16 || firstFrameBytes == 0) {
      return false; // CELT has none
    }
    int silkFrames = Math.max(1, frameDurationUs() / 20_000);
    int bits = payload.get(firstFrameAt) & 0xFF;
    boolean mid = (bits >> (7 - silkFrames) & 1) != 0;
    boolean side = stereo && (bits >> (6 - 2 * silkFrames) & 1) != 0;
    return mid || side;
  }
}
