package org.mediacore.tck;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;
import org.mediacore.api.processing.AudioProcessorFactory;
import org.mediacore.api.processing.ProcessorDescriptor;
import org.mediacore.api.processing.ProcessorDescriptor.Position;

/**
 * A low-pass filter (with state from sample to sample) that keeps the contract but for one fault of
 * choice. It takes mono and stereo, and refuses 48 kHz, as it may.
 */
final class FaultyProcessorFactory implements AudioProcessorFactory {
  /** What it does wrong. */
  enum Fault {
    NONE,
    NEW_DESCRIPTORS,
    REFUSES_ALL,
    REFUSES_AS_A_LIMIT,
    THROWS_ON_STEREO,
    ONE_SAMPLE_LESS,
    NOT_ONE_SAMPLE,
    DEPENDS_ON_BLOCKS,
    WRITES_BEHIND,
    READS_BEHIND,
    SHARED_STATE,
    DELAY_CHANGES,
    NEGATIVE_DELAY,
    THROWS_ON_FULL_SCALE,
    STUCK_AFTER_FULL_SCALE,
    WORKS_AFTER_CLOSE,
    CLOSE_THROWS_TWICE,
    LEAKS,
    LEAKS_OFF_HEAP,
    ALLOCATES
  }

  private final Fault fault;
  private final List<Object> leaked = new ArrayList<>();
  private final int[] shared = new int[2];
  private int asked;

  FaultyProcessorFactory(Fault fault) {
    this.fault = fault;
  }

  @Override
  public ProcessorDescriptor descriptor() {
    int warmUpMs = fault == Fault.NEW_DESCRIPTORS ? asked++ : 0;
    return new ProcessorDescriptor("x-low-pass", Position.SENT, warmUpMs);
  }

  @Override
  public synchronized AudioProcessor create(AudioFormat format) throws MediaSetupException {
    if (fault == Fault.THROWS_ON_STEREO && format.channels() == 2) {
      throw new IllegalArgumentException("mono only");
    }
    if (format.sampleRateHz() > 16_000 || fault == Fault.REFUSES_ALL) {
      Reason reason =
          fault == Fault.REFUSES_AS_A_LIMIT ? Reason.LIMIT_REACHED : Reason.NOT_SUPPORTED;
      throw new MediaSetupException(reason, "not at this rate", format.toString());
    }
    if (fault == Fault.LEAKS) {
      leaked.add(new byte[2_000]);
    } else if (fault == Fault.LEAKS_OFF_HEAP) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(16_384);
      buffer.put(0, (byte) 1).put(4_096, (byte) 1).put(8_192, (byte) 1).put(12_288, (byte) 1);
      leaked.add(buffer);
    }
    return new LowPass(format.channels(), fault == Fault.SHARED_STATE ? shared : new int[2]);
  }

  private final class LowPass implements AudioProcessor {
    private final int channels;
    private final int[] last;
    private boolean closed;
    private boolean stuck;
    private int calls;
    private byte[] garbage = {};

    LowPass(int channels, int[] last) {
      this.channels = channels;
      this.last = last;
    }

    @Override
    public int process(short[] pcm, int offset, int samples) {
      calls++;
      if (closed && fault != Fault.WORKS_AFTER_CLOSE) {
        return MediaStatus.FAILED;
      }
      if (stuck || fault == Fault.NOT_ONE_SAMPLE && samples == 1) {
        return MediaStatus.BAD_INPUT;
      }
      if (fault == Fault.ALLOCATES) {
        garbage = new byte[16 + garbage.length % 2];
      }
      int end = offset + samples * channels;
      if (fault == Fault.DEPENDS_ON_BLOCKS) {
        last[0] = 0;
        last[1] = 0;
      }
      for (int i = offset; i < end; i++) {
        int channel = (i - offset) % channels;
        last[channel] += (pcm[i] - last[channel]) / 4;
        checkScale(pcm[i]);
        pcm[i] = (short) last[channel];
      }
      if (end < pcm.length && fault == Fault.WRITES_BEHIND) {
        pcm[end]++;
      }
      if (end < pcm.length && fault == Fault.READS_BEHIND) {
        last[0] += pcm[end] / 4;
      }
      return fault == Fault.ONE_SAMPLE_LESS ? samples - 1 : samples;
    }

    private void checkScale(short sample) {
      if (sample == Short.MIN_VALUE) {
        stuck = fault == Fault.STUCK_AFTER_FULL_SCALE;
        if (fault == Fault.THROWS_ON_FULL_SCALE) {
          throw new ArithmeticException("overflow");
        }
      }
    }

    @Override
    public int delaySamples() {
      return switch (fault) {
        case DELAY_CHANGES -> calls / 10;
        case NEGATIVE_DELAY -> -1;
        default -> 0;
      };
    }

    @Override
    public void close() {
      if (closed && fault == Fault.CLOSE_THROWS_TWICE) {
        throw new IllegalStateException("closed");
      }
      closed = true;
    }
  }
}
