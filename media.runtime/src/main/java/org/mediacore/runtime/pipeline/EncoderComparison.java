package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.runtime.codec.CodecProvider;

/** Two encoders that are given the same frames; decoders of the predecessor's hear the result. */
final class EncoderComparison implements Comparison {
  private static final int PAYLOAD_BYTES = 16 * 1024;

  /** Nothing sent for so many frames in a row, all of which the predecessor sent, is no pause. */
  private static final int MOST_MUTE = 50;

  private final FrameHistory history;
  private final CodecParameters parameters;
  private final Tally tally;
  private final ComparedPair<CodecProvider, Side> pair;
  private long done;
  private int mute;

  /** One of the two, with what listens to it. */
  private static final class Side {
    private final CodecProvider listening;
    private final AudioEncoder encoder;
    private final AudioDecoder decoder;
    private final ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
    private final short[] pcm;

    Side(CodecProvider provider, CodecProvider listening, CodecParameters parameters)
        throws MediaSetupException {
      this.listening = listening;
      this.pcm =
          new short[parameters.receiveFormat().elementsIn(CodecParameters.MAX_PAYLOAD_DURATION_US)];
      this.decoder = listening.createDecoder(parameters);
      try {
        this.encoder = provider.createEncoder(parameters);
      } catch (MediaSetupException | RuntimeException failed) {
        listening.close(decoder);
        throw failed;
      }
    }

    /** Bytes, or a negative status. */
    int encode(short[] frame, int offset, int samples) {
      payload.clear();
      int bytes = encoder.encode(frame, offset, samples, payload);
      payload.flip();
      return bytes;
    }

    int decode() {
      try {
        return decoder.decode(payload, pcm, 0);
      } catch (Throwable broken) {
        return MediaStatus.FAILED;
      }
    }

    void close(CodecProvider provider) {
      try {
        listening.close(decoder);
      } finally {
        provider.close(encoder);
      }
    }
  }

  /**
   * @param history the frames; read on the loop only
   */
  EncoderComparison(
      FrameHistory history,
      CodecParameters parameters,
      CodecProvider predecessor,
      CodecProvider newcomer,
      Tally tally)
      throws MediaSetupException {
    this.history = history;
    this.parameters = parameters;
    this.tally = tally;
    this.pair =
        new ComparedPair<>(
            predecessor,
            newcomer,
            provider -> new Side(provider, predecessor, parameters),
            (provider, side) -> side.close(provider),
            tally);
  }

  @Override
  public Runnable next() {
    FrameHistory copy = history.copy();
    return () -> work(copy);
  }

  private void work(FrameHistory copy) {
    int samples = parameters.samplesPerFrame();
    for (long number = Math.max(done, copy.oldest()); number < copy.count(); number++) {
      short[] pcm = copy.pcm();
      int offset = copy.offset(number);
      ComparedPair.Work<Side> encode = side -> side.encode(pcm, offset, samples);
      if (!pair.work(encode, encode)) {
        return;
      }
      judge(pair.expected(), pair.given());
    }
    done = copy.count();
  }

  private void judge(int expected, int bytes) {
    int written = pair.newcomer().payload.limit();
    if (bytes < 0 || bytes != written) {
      tally.fault(
          pair.thrownOr("encoded " + MediaStatus.nameOf(bytes) + ", wrote " + written + " bytes"));
      return;
    }
    mute = expected > 0 && bytes == 0 ? mute + 1 : 0;
    if (mute == MOST_MUTE) {
      tally.fault("sent nothing of " + mute + " frames that its predecessor sent");
    }
    if (expected > 0 && bytes > 0) { // else a pause: when to pause is the encoder's own choice
      listen();
    }
  }

  private void listen() {
    int heard = pair.predecessor().decode();
    int heardNow = pair.newcomer().decode();
    if (heard > 0 && heardNow != heard) {
      tally.fault("the predecessor's decoder makes " + MediaStatus.nameOf(heardNow) + " of it");
    } else if (heard > 0) {
      int channels = parameters.receiveFormat().channels();
      tally.audio(pair.predecessor().pcm, pair.newcomer().pcm, heard, channels);
    }
  }

  @Override
  public boolean newcomerIsAtWork() {
    return pair.newcomerIsAtWork();
  }

  @Override
  public void giveUp() {
    pair.giveUp();
  }

  @Override
  public void close() {
    pair.close();
  }
}
