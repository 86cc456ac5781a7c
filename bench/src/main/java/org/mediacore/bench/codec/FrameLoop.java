package org.mediacore.bench.codec;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;

/** Encodes or decodes the same two seconds again and again, from and to what a loop would have. */
final class FrameLoop {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** At 48 kHz stereo: what a decoder is given room for. */
  private static final int MAX_ELEMENTS =
      new AudioFormat(48_000, 2).elementsIn(CodecParameters.MAX_PAYLOAD_DURATION_US);

  private static final int MAX_BYTES = 4_096;

  private final Direction direction;
  private final AudioEncoder encoder;
  private final AudioDecoder decoder;
  private final int samples;
  private final int elements;
  private final short[] source;
  private final short[] pcm = new short[MAX_ELEMENTS];
  private final ByteBuffer payload = ByteBuffer.allocateDirect(MAX_BYTES);
  private final ByteBuffer[] payloads;
  private int at;
  private int worst;

  /**
   * What some frames took.
   *
   * @param cpuNs CPU time of this thread
   * @param bytes what this thread allocated
   */
  record Cost(long cpuNs, long bytes) {}

  FrameLoop(CodecCase codec, Direction direction, CodecMaterial material)
      throws IOException, MediaSetupException {
    this.direction = direction;
    CodecCase.Agreed agreed = codec.agree();
    boolean encode = direction == Direction.ENCODE;
    encoder = encode ? agreed.factory().createEncoder(agreed.parameters()) : null;
    decoder = encode ? null : agreed.factory().createDecoder(agreed.parameters());
    samples = agreed.parameters().samplesPerFrame();
    elements = agreed.elementsPerFrame();
    source = encode ? material.readPcm() : new short[0];
    List<byte[]> packets = encode ? List.of() : material.readPackets();
    payloads = packets.stream().map(FrameLoop::direct).toArray(ByteBuffer[]::new);
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /**
   * Handles some frames.
   *
   * @throws IOException where the codec refuses one
   */
  Cost run(int frames) throws IOException {
    Cost readingClocks = cost(0);
    Cost cost = cost(frames);
    if (worst < 0) {
      throw new IOException("the codec refuses a frame with status " + worst);
    }
    return new Cost(cost.cpuNs(), Math.max(0, cost.bytes() - readingClocks.bytes()));
  }

  private Cost cost(int frames) {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long began = THREADS.getCurrentThreadCpuTime();
    if (direction == Direction.ENCODE) {
      encode(frames);
    } else {
      decode(frames);
    }
    long cpuNs = THREADS.getCurrentThreadCpuTime() - began;
    return new Cost(cpuNs, THREADS.getCurrentThreadAllocatedBytes() - allocated);
  }

  private void encode(int frames) {
    int count = source.length / elements;
    for (int i = 0; i < frames; i++) {
      at = at + 1 < count ? at + 1 : 0;
      payload.clear();
      worst = Math.min(worst, encoder.encode(source, at * elements, samples, payload));
    }
  }

  private void decode(int frames) {
    for (int i = 0; i < frames; i++) {
      at = at + 1 < payloads.length ? at + 1 : 0;
      worst = Math.min(worst, decoder.decode(payloads[at], pcm, 0));
    }
  }
}
