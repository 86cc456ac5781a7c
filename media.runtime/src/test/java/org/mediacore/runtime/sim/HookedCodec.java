package org.mediacore.runtime.sim;

import java.nio.ByteBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;

/** A codec that a test watches: counts uses after close, and can refuse, throw or give too much. */
final class HookedCodec extends WrappedCodec {
  Runnable onClose = () -> {};
  boolean refuses;
  int open;
  int usedAfterClose;
  int decodedSamples = -1;
  boolean pauses;
  Error error;

  HookedCodec(AudioCodecFactory real) {
    super(real);
  }

  private void requireWilling(CodecParameters parameters) throws MediaSetupException {
    if (refuses) {
      throw new MediaSetupException(
          MediaSetupException.Reason.RESOURCE_MISSING,
          "the bundle is gone",
          parameters.descriptor().rtpmap());
    }
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    requireWilling(parameters);
    AudioEncoder encoder = real.createEncoder(parameters);
    open++;
    return new AudioEncoder() {
      private boolean closed;

      @Override
      public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
        if (closed) {
          usedAfterClose++;
        }
        return encoder.encode(pcm, offset, samples, out);
      }

      @Override
      public boolean tune(EncoderTuning tuning) {
        return encoder.tune(tuning);
      }

      @Override
      public void close() {
        closed = true;
        open--;
        onClose.run();
      }
    };
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    requireWilling(parameters);
    AudioDecoder decoder = real.createDecoder(parameters);
    open++;
    return new AudioDecoder() {
      private boolean closed;

      @Override
      public int decode(ByteBuffer payload, short[] pcm, int offset) {
        if (closed) {
          usedAfterClose++;
        }
        if (error != null) {
          throw error;
        }
        int samples = decoder.decode(payload, pcm, offset);
        return decodedSamples < 0 ? samples : decodedSamples;
      }

      @Override
      public boolean pauses() {
        return pauses;
      }

      @Override
      public int samplesIn(ByteBuffer payload) {
        return decoder.samplesIn(payload);
      }

      @Override
      public void close() {
        closed = true;
        open--;
        onClose.run();
      }
    };
  }
}
