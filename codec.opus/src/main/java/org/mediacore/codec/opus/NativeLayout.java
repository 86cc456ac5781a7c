package org.mediacore.codec.opus;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/**
 * How one block of native memory is divided: state, samples, payload. What is used least lies at
 * the end, and pages that are never touched take no memory.
 *
 * @param stateBytes size of the library's state
 * @param pcmElements samples of all channels
 * @param payloadBytes longest payload
 */
record NativeLayout(int stateBytes, int pcmElements, int payloadBytes) {
  private static final int ALIGNMENT = 16;

  /** Bytes that a part takes, so that the next one begins as malloc would have it. */
  static int aligned(int bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  int pcmAt() {
    return aligned(stateBytes);
  }

  int payloadAt() {
    return pcmAt() + pcmElements * Short.BYTES;
  }

  int bytes() {
    return payloadAt() + payloadBytes;
  }

  ShortBuffer pcmView(Memory memory) {
    return memory.getByteBuffer(pcmAt(), (long) pcmElements * Short.BYTES).asShortBuffer();
  }

  ByteBuffer payloadView(Memory memory) {
    return memory.getByteBuffer(payloadAt(), payloadBytes);
  }
}
