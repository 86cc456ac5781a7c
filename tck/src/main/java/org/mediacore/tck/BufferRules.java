package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mediacore.api.MediaStatus;

/** Who may touch which part of a buffer: the rules of encode and decode, one frame at a time. */
final class BufferRules {
  private static final byte FILL = 0x5A;
  private static final short FILL_SAMPLE = 0x5A5A;
  private static final int BEFORE = 7;
  private static final int BEHIND = 64;
  private static final int ROOM = 30_000;
  private static final int OFFSET = 13;

  /** The kinds of buffer that a payload comes in. */
  enum Kind {
    HEAP,
    SLICED_HEAP,
    DIRECT,
    READ_ONLY
  }

  private BufferRules() {}

  static void checkEncode(CodecPair pair, int index, boolean direct, byte[] expected) {
    int size = BEFORE + ROOM + BEHIND;
    ByteBuffer out = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    for (int i = 0; i < size; i++) {
      out.put(i, FILL);
    }
    out.position(BEFORE).limit(BEFORE + ROOM);
    short[] frame = pair.frame(1, index);
    short[] pcm = new short[OFFSET + frame.length + 5];
    Arrays.fill(pcm, FILL_SAMPLE);
    System.arraycopy(frame, 0, pcm, OFFSET, frame.length);
    short[] untouched = pcm.clone();

    int bytes = pair.encoder.encode(pcm, OFFSET, pair.parameters.samplesPerFrame(), out);

    String what = (direct ? "direct" : "heap") + " buffer, frame " + index;
    assertEquals(expected.length, bytes, () -> what + ": " + MediaStatus.nameOf(bytes));
    assertEquals(BEFORE + bytes, out.position(), what + ", position");
    assertEquals(BEFORE + ROOM, out.limit(), what + ", limit");
    assertArrayEquals(untouched, pcm, what + ", samples");
    byte[] payload = new byte[bytes];
    out.get(BEFORE, payload);
    assertArrayEquals(expected, payload, what);
    out.limit(size);
    for (int i = 0; i < BEFORE; i++) {
      assertEquals(FILL, out.get(i), what + ", before the position");
    }
    for (int i = BEFORE + ROOM; i < size; i++) {
      assertEquals(FILL, out.get(i), what + ", behind the limit");
    }
  }

  static void checkDecode(CodecPair pair, Kind kind, byte[] payload, short[] expected) {
    if (payload.length == 0) {
      return; // nothing was sent for this frame
    }
    ByteBuffer view = wrap(kind, payload);
    int position = view.position();
    int limit = view.limit();
    short[] pcm = new short[OFFSET + pair.maxElements() + 5];
    Arrays.fill(pcm, FILL_SAMPLE);

    assertEquals(expected.length / pair.receiveChannels(), pair.decoder.samplesIn(view));
    int samples = pair.decoder.decode(view, pcm, OFFSET);

    String what = kind + " payload";
    int end = OFFSET + expected.length;
    assertEquals(expected.length / pair.receiveChannels(), samples, what);
    assertEquals(position, view.position(), what + ", position");
    assertEquals(limit, view.limit(), what + ", limit");
    assertArrayEquals(expected, Arrays.copyOfRange(pcm, OFFSET, end), what);
    for (int i = 0; i < OFFSET; i++) {
      assertEquals(FILL_SAMPLE, pcm[i], what + ", before the offset");
    }
    for (int i = OFFSET + pair.maxElements(); i < pcm.length; i++) {
      assertEquals(FILL_SAMPLE, pcm[i], what + ", behind the longest payload");
    }
    byte[] content = new byte[payload.length];
    view.get(position, content);
    assertArrayEquals(payload, content, what + ", content");
  }

  private static ByteBuffer wrap(Kind kind, byte[] payload) {
    int size = BEFORE + payload.length + BEHIND;
    ByteBuffer whole =
        kind == Kind.DIRECT ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    whole.put(BEFORE, payload);
    return switch (kind) {
      case HEAP, DIRECT -> whole.position(BEFORE).limit(BEFORE + payload.length);
      case SLICED_HEAP -> whole.slice(3, size - 3).position(BEFORE - 3).limit(size - 3 - BEHIND);
      case READ_ONLY -> whole.asReadOnlyBuffer().position(BEFORE).limit(BEFORE + payload.length);
    };
  }
}
