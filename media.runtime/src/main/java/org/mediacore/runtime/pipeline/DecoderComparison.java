package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.loop.LoopScratch;

/** Two decoders that are given the same payloads. */
final class DecoderComparison implements Comparison {
  private final PayloadHistory history;
  private final int channels;
  private final Tally tally;
  private final CodecProvider predecessorProvider;
  private final CodecProvider newcomerProvider;
  private final AudioDecoder predecessor;
  private final AudioDecoder newcomer;
  private final short[] left = new short[LoopScratch.PCM_ELEMENTS];
  private final short[] right = new short[LoopScratch.PCM_ELEMENTS];
  private String thrown = "";
  private long done;

  /**
   * @param history the payloads; read on the loop only
   */
  DecoderComparison(
      PayloadHistory history,
      CodecParameters parameters,
      CodecProvider predecessor,
      CodecProvider newcomer,
      Tally tally)
      throws MediaSetupException {
    this.history = history;
    this.channels = parameters.receiveFormat().channels();
    this.tally = tally;
    this.predecessorProvider = predecessor;
    this.newcomerProvider = newcomer;
    this.predecessor = predecessor.createDecoder(parameters);
    try {
      this.newcomer = newcomer.createDecoder(parameters);
    } catch (MediaSetupException | RuntimeException failed) {
      predecessor.close(this.predecessor);
      throw failed;
    }
  }

  @Override
  public Runnable next() {
    PayloadHistory copy = history.copy();
    return () -> work(copy);
  }

  private void work(PayloadHistory copy) {
    for (long number = Math.max(done, copy.oldest()); number < copy.count(); number++) {
      compare(copy.get(number));
    }
    done = copy.count();
  }

  private void compare(ByteBuffer payload) {
    long start = System.nanoTime();
    int expected = decode(predecessor, payload, left);
    long between = System.nanoTime();
    int samples = decode(newcomer, payload, right);
    tally.frame(between - start, System.nanoTime() - between);
    if (expected < 0) {
      return; // a payload that is not valid
    }
    if (samples != expected) {
      tally.fault(
          thrown.isEmpty()
              ? "decoded " + MediaStatus.nameOf(samples) + " where " + expected + " is right"
              : thrown);
      return;
    }
    tally.audio(left, right, samples, channels);
  }

  private int decode(AudioDecoder decoder, ByteBuffer payload, short[] pcm) {
    thrown = "";
    try {
      return decoder.decode(payload, pcm, 0);
    } catch (Throwable broken) {
      thrown = broken.toString();
      return MediaStatus.FAILED;
    }
  }

  @Override
  public void close() {
    try {
      predecessorProvider.close(predecessor);
    } finally {
      newcomerProvider.close(newcomer);
    }
  }
}
