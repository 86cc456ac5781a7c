package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.runtime.codec.CodecProvider;

/**
 * Two decoders that are given the same payloads. A payload that is bad input to one of them, or to
 * both, may be the sender's fault: where they differ about it that is a difference, not a fault.
 */
final class DecoderComparison implements Comparison {
  private final PayloadHistory history;
  private final Runnable onEnd;
  private final int channels;
  private final Tally tally;
  private final ComparedPair<CodecProvider, AudioDecoder> pair;
  private final short[] left;
  private final short[] right;
  private long done;

  /**
   * @param history the payloads; read on the loop only
   * @param onEnd told when no more payloads are wanted; on any thread
   */
  DecoderComparison(
      PayloadHistory history,
      Runnable onEnd,
      CodecParameters parameters,
      CodecProvider predecessor,
      CodecProvider newcomer,
      Tally tally)
      throws MediaSetupException {
    this.history = history;
    this.onEnd = onEnd;
    AudioFormat format = parameters.receiveFormat();
    this.channels = format.channels();
    this.left = new short[format.elementsIn(CodecParameters.MAX_PAYLOAD_DURATION_US)];
    this.right = new short[left.length];
    this.tally = tally;
    this.pair =
        new ComparedPair<>(
            predecessor,
            newcomer,
            provider -> provider.createDecoder(parameters),
            CodecProvider::close,
            tally);
  }

  @Override
  public Runnable next() {
    PayloadHistory copy = history.copy();
    return () -> work(copy);
  }

  private void work(PayloadHistory copy) {
    for (long number = Math.max(done, copy.oldest()); number < copy.count(); number++) {
      ByteBuffer payload = copy.get(number);
      ByteBuffer same = copy.get(number);
      if (!pair.work(
          decoder -> decoder.decode(payload, left, 0), decoder -> decoder.decode(same, right, 0))) {
        return;
      }
      judge(pair.expected(), pair.given());
    }
    done = copy.count();
  }

  private void judge(int expected, int given) {
    boolean badToPredecessor = expected == MediaStatus.BAD_INPUT;
    if (expected >= 0 && given == expected) {
      tally.audio(left, right, given, channels);
    } else if (expected >= 0 && given == MediaStatus.BAD_INPUT) {
      tally.refused("BAD_INPUT where the predecessor decodes " + expected + " samples");
    } else if (expected >= 0) {
      tally.fault(
          pair.thrownOr(
              "decoded " + MediaStatus.nameOf(given) + " where " + expected + " is right"));
    } else if (given >= 0) {
      tally.takenAlone();
    } else if (badToPredecessor && given != expected) {
      tally.refused(
          pair.thrownOr(MediaStatus.nameOf(given)) + " where the predecessor says BAD_INPUT");
    }
  }

  @Override
  public boolean newcomerIsAtWork() {
    return pair.newcomerIsAtWork();
  }

  @Override
  public void giveUp() {
    onEnd.run();
    pair.giveUp();
  }

  @Override
  public void close() {
    onEnd.run();
    pair.close();
  }
}
