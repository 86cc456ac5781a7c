package org.mediacore.tck;

import java.nio.ByteBuffer;
import java.util.List;

/** Packetizers and depacketizers at work: frames, a bad payload, and the end. */
final class PayloadExercise implements BundleExercise {
  private static final int FRAMES = 16;
  private static final int BAD = 9;

  private final PayloadFrames both;
  private final List<byte[]> frames;

  PayloadExercise(PayloadFrames both, int longestFrameBytes) {
    this.both = both;
    frames = PayloadFrames.frames(1, longestFrameBytes);
  }

  @Override
  public int steps() {
    return FRAMES + 1;
  }

  @Override
  public void step(int index, Results results) {
    if (index == FRAMES) {
      closeAndUse(results);
      return;
    }
    byte[] payload = both.payload(frames.get(index));
    if (index == BAD) {
      results.add("empty payload", both.depacketizer.read(ByteBuffer.allocate(0)));
      results.add("cut off", both.depacketizer.read(ByteBuffer.wrap(payload, 0, 1)));
    }
    results.add("payload " + index, payload);
    PayloadFrames.only(frames.get(index)).assertSame(both.read(payload), "payload " + index);
  }

  private void closeAndUse(Results results) {
    both.close();
    both.close();
    ByteBuffer out = ByteBuffer.allocate(100);
    results
        .add("packetize when closed", both.packetizer.packetize(ByteBuffer.wrap(new byte[3]), out))
        .add("read when closed", both.depacketizer.read(ByteBuffer.wrap(new byte[3])));
  }

  @Override
  public void close() {
    both.close();
  }
}
