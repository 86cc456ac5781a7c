package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.loop.LoopScratch;

/** Two encoders that are given the same frames; decoders of the predecessor's hear the result. */
final class EncoderComparison implements Comparison {
  private static final int PAYLOAD_BYTES = 16 * 1024;

  /** Nothing sent for so many frames in a row, all of which the predecessor sent, is no pause. */
  private static final int MOST_MUTE = 50;

  private final FrameHistory history;
  private final CodecParameters parameters;
  private final Tally tally;
  private final Side predecessor;
  private final Side newcomer;
  private long done;
  private int mute;

  /** One of the two, with what listens to it. */
  private static final class Side {
    private final CodecProvider provider;
    private final CodecProvider listening;
    private final AudioEncoder encoder;
    private final AudioDecoder decoder;
    private final ByteBuffer payload = ByteBuffer.allocateDirect(PAYLOAD_BYTES);
    private final short[] pcm = new short[LoopScratch.PCM_ELEMENTS];
    private String fault = "";

    Side(CodecProvider provider, CodecProvider listening, CodecParameters parameters)
        throws MediaSetupException {
      this.provider = provider;
      this.listening = listening;
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
      fault = "";
      try {
        int bytes = encoder.encode(frame, offset, samples, payload);
        payload.flip();
        if (bytes < 0 || bytes != payload.limit()) {
          fault = "encoded " + MediaStatus.nameOf(bytes) + ", wrote " + payload.limit() + " bytes";
        }
        return bytes;
      } catch (Throwable broken) {
        fault = broken.toString();
        return MediaStatus.FAILED;
      }
    }

    int decode() {
      try {
        return decoder.decode(payload, pcm, 0);
      } catch (Throwable broken) {
        return MediaStatus.FAILED;
      }
    }

    void close() {
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
    this.predecessor = new Side(predecessor, predecessor, parameters);
    try {
      this.newcomer = new Side(newcomer, predecessor, parameters);
    } catch (MediaSetupException | RuntimeException failed) {
      this.predecessor.close();
      throw failed;
    }
  }

  @Override
  public Runnable next() {
    FrameHistory copy = history.copy();
    return () -> work(copy);
  }

  private void work(FrameHistory copy) {
    for (long number = Math.max(done, copy.oldest()); number < copy.count(); number++) {
      compare(copy.pcm(), copy.offset(number));
    }
    done = copy.count();
  }

  private void compare(short[] frame, int offset) {
    int samples = parameters.samplesPerFrame();
    long start = System.nanoTime();
    int expected = predecessor.encode(frame, offset, samples);
    long between = System.nanoTime();
    int bytes = newcomer.encode(frame, offset, samples);
    tally.frame(between - start, System.nanoTime() - between);
    if (!newcomer.fault.isEmpty()) {
      tally.fault(newcomer.fault);
      return;
    }
    mute = expected > 0 && bytes == 0 ? mute + 1 : 0;
    if (mute == MOST_MUTE) {
      tally.fault("sent nothing of " + mute + " frames that its predecessor sent");
    }
    if (expected <= 0 || bytes <= 0) {
      return; // a pause of one of them: when to pause is the encoder's own choice
    }
    int heard = predecessor.decode();
    int heardNow = newcomer.decode();
    if (heard > 0 && heardNow != heard) {
      tally.fault("the predecessor's decoder makes " + MediaStatus.nameOf(heardNow) + " of it");
    } else if (heard > 0) {
      int channels = parameters.receiveFormat().channels();
      tally.audio(predecessor.pcm, newcomer.pcm, heard, channels);
    }
  }

  @Override
  public void close() {
    try {
      predecessor.close();
    } finally {
      newcomer.close();
    }
  }
}
