package org.mediacore.tck;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;

/** One frame through encoder and decoder with buffers that are made before. */
final class CodecLoop implements Runnable {
  private static final int FRAMES = 12;

  private final AudioEncoder encoder;
  private final AudioDecoder decoder;
  private final short[][] frames;
  private final short[] decoded;
  private final int samples;
  private final ByteBuffer payload = ByteBuffer.allocateDirect(65_536);
  private int next;
  private int failures;

  CodecLoop(CodecPair pair) {
    encoder = pair.encoder;
    decoder = pair.decoder;
    samples = pair.parameters.samplesPerFrame();
    frames = new short[FRAMES][];
    Arrays.setAll(frames, i -> pair.frame(1, i));
    decoded = new short[pair.maxElements()];
  }

  @Override
  public void run() {
    payload.clear();
    int bytes = encoder.encode(frames[next], 0, samples, payload);
    next = (next + 1) % FRAMES;
    payload.flip();
    if (bytes < 0 || bytes > 0 && decoder.decode(payload, decoded, 0) <= 0) {
      failures++;
    }
  }

  /** Frames that were not encoded or not decoded. */
  int failures() {
    return failures;
  }
}
