package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.payload.Depacketizer;
import org.mediacore.api.payload.Packetizer;
import org.mediacore.api.payload.PayloadFormat;

/** A packetizer and a depacketizer that belong together, and frames for them. */
final class PayloadFrames implements AutoCloseable {
  private static final int ROOM = 65_536;

  final Packetizer packetizer;
  final Depacketizer depacketizer;
  final CodecParameters agreed;

  private PayloadFrames(CodecParameters agreed, Packetizer packetizer, Depacketizer depacketizer) {
    this.agreed = agreed;
    this.packetizer = packetizer;
    this.depacketizer = depacketizer;
  }

  static PayloadFrames open(PayloadFormat format, CodecParameters agreed)
      throws MediaSetupException {
    Packetizer packetizer = format.createPacketizer(agreed);
    try {
      return new PayloadFrames(agreed, packetizer, format.createDepacketizer(agreed));
    } catch (MediaSetupException | RuntimeException | LinkageError failed) {
      packetizer.close();
      throw failed;
    }
  }

  /** What two sides agree on that both declare the same, as the platform puts it together. */
  static CodecParameters agreement(PayloadFormat format, CodecDescriptor codec, Fmtp declared) {
    CodecDescriptor joined =
        new CodecDescriptor(
            format.descriptor().encoding(),
            codec.kind(),
            codec.rtpClockRateHz(),
            codec.rtpChannels(),
            codec.audio(),
            OptionalInt.empty(),
            codec.frameDurationsUs(),
            declared);
    int frameUs = codec.frameDurationsUs().get(0);
    return new CodecParameters(joined, codec.audio(), codec.audio(), declared, declared, frameUs);
  }

  /** Frames of 1 byte up to the longest, the same for the same seed. */
  static List<byte[]> frames(int seed, int longest) {
    Random random = new Random(seed);
    List<byte[]> frames = new ArrayList<>();
    for (int length : new int[] {longest, 1, 2, longest - 1, longest / 2}) {
      frames.add(new byte[Math.max(1, length)]);
    }
    for (int i = 0; i < 30; i++) {
      frames.add(new byte[1 + random.nextInt(longest)]);
    }
    frames.forEach(random::nextBytes);
    return frames;
  }

  /** The payload of a frame. */
  byte[] payload(byte[] frame) {
    ByteBuffer out = ByteBuffer.allocate(ROOM);
    int bytes = packetizer.packetize(ByteBuffer.wrap(frame), out);
    String what = "packetize of " + frame.length + " bytes: " + MediaStatus.nameOf(bytes);
    assertEquals(Math.max(1, bytes), bytes, what);
    assertEquals(bytes, out.position(), what + ", position");
    return Arrays.copyOf(out.array(), bytes);
  }

  /** All frames of a payload; a status where they cannot be had. */
  Results read(byte[] payload) {
    Results results = new Results();
    ByteBuffer view = ByteBuffer.wrap(payload);
    int count = depacketizer.read(view);
    results.add("frames", count);
    ByteBuffer frame = ByteBuffer.allocate(ROOM);
    for (int i = 0; i < count; i++) {
      frame.clear();
      int bytes = depacketizer.frame(view, i, frame);
      results.add("frame " + i, bytes);
      if (bytes > 0) {
        results.add("bytes " + i, Arrays.copyOf(frame.array(), bytes));
      }
    }
    return results;
  }

  /** What {@link #read} gives for the payload of one frame. */
  static Results only(byte[] frame) {
    return new Results().add("frames", 1).add("frame 0", frame.length).add("bytes 0", frame);
  }

  @Override
  public void close() {
    try (packetizer) {
      depacketizer.close();
    }
  }
}
