package org.mediacore.tck;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.codec.MediaKind;

/**
 * A codec of differences (with state from frame to frame) that keeps the contract but for one fault
 * of choice.
 */
final class FaultyCodecFactory implements AudioCodecFactory {
  /** What it does wrong. */
  enum Fault {
    NONE,
    NEW_DESCRIPTORS,
    NEGOTIATION_THROWS,
    NEGOTIATION_ONE_SIDED,
    TAKES_FOREIGN_DESCRIPTOR,
    PASSING_THROWS,
    PRIMES_WITH_NOTHING,
    PRIMES_DIFFERENTLY,
    PTIME_IGNORED,
    PTIME_EXCEEDED,
    SHARED_STATE,
    HEAP_BUFFERS_ONLY,
    LIMIT_MOVED,
    WRITES_INTO_SMALL_BUFFER,
    CONSUMES_BEFORE_REFUSING,
    TAKES_ANY_LENGTH,
    MOVES_PAYLOAD,
    WRITES_BEHIND,
    ASKING_CHANGES_STATE,
    SAMPLES_IN_WRONG,
    THROWS_ON_OVERLONG,
    EMPTY_IS_FINE,
    STUCK_AFTER_BAD,
    CONCEALS_TOO_MUCH,
    RECOVERS_TOO_LITTLE,
    RECOVERS_THE_WHOLE_GAP,
    THROWS_FAR_BACK,
    STUCK_AFTER_FAR_BACK,
    EMPTY_TUNING_APPLIED,
    DTX_MOVES_POSITION,
    DTX_NEVER_ENDS,
    DTX_WITHOUT_EFFECT,
    DTX_FOR_GOOD,
    WORKS_AFTER_CLOSE,
    CLOSE_THROWS_TWICE,
    LEAKS,
    LEAKS_OFF_HEAP,
    ALLOCATES,
    ENCODES_AND_REFUSES,
    ENCODES_IN_SECRET,
    SPEECH_PAUSES,
    PAUSE_IGNORED,
    PAUSE_NEVER_ENDS,
    PAUSE_MOVES_DESCRIPTION,
    PAUSE_WITHOUT_A_BYTE,
    PAUSE_WITHOUT_NOISE,
    PAUSE_ENDED_BY_NOISE,
    PAUSE_AFTER_CLOSE,
    PAUSE_UNDECLARED,
    DESCRIBES_UNDECLARED,
    DESCRIBES_NOTHING,
    DESCRIBES_WRONG_LENGTH,
    DESCRIBES_FOR_NOBODY
  }

  private static final AudioFormat AUDIO = new AudioFormat(8_000, 1);

  private final Fault fault;
  private final List<Object> leaked = new ArrayList<>();
  private final int[] shared = new int[1];
  private int asked;

  FaultyCodecFactory(Fault fault) {
    this.fault = fault;
  }

  @Override
  public List<CodecDescriptor> descriptors() {
    boolean other = fault == Fault.NEW_DESCRIPTORS && asked++ > 0;
    return List.of(
        new CodecDescriptor(
            other ? "X-OTHER" : "X-DIFF",
            MediaKind.AUDIO,
            8_000,
            1,
            AUDIO,
            OptionalInt.empty(),
            List.of(10_000, 20_000),
            Fmtp.NONE));
  }

  @Override
  public Optional<CodecParameters> negotiate(CodecDescriptor descriptor, Fmtp remote, Fmtp local) {
    if (fault == Fault.NEGOTIATION_THROWS) {
      Integer.parseInt(remote.get("stereo", "0"));
    }
    boolean oneSided = fault == Fault.NEGOTIATION_ONE_SIDED && remote.isSet("stereo");
    boolean own = fault == Fault.TAKES_FOREIGN_DESCRIPTOR || descriptors().contains(descriptor);
    return own && !oneSided
        ? Optional.of(new CodecParameters(descriptor, AUDIO, AUDIO, Fmtp.NONE, remote, 20_000))
        : Optional.empty();
  }

  @Override
  public CodecParameters withPtimeMs(CodecParameters agreed, int ptimeMs) {
    if (fault == Fault.PTIME_IGNORED) {
      return agreed;
    }
    return agreed.withPtimeMs(fault == Fault.PTIME_EXCEEDED && ptimeMs == 15 ? 20 : ptimeMs);
  }

  @Override
  public boolean passesUnchanged(CodecParameters from, CodecParameters to) {
    if (fault == Fault.PASSING_THROWS && !from.local().equals(to.remote())) {
      throw new IllegalArgumentException("not the same");
    }
    return AudioCodecFactory.super.passesUnchanged(from, to);
  }

  @Override
  public int primingMs(CodecDescriptor descriptor) {
    if (fault == Fault.PRIMES_DIFFERENTLY) {
      return LEAST_PRIMING_MS + asked++;
    }
    return fault == Fault.PRIMES_WITH_NOTHING ? 0 : LEAST_PRIMING_MS;
  }

  @Override
  public boolean encodes(CodecDescriptor descriptor) {
    return fault != Fault.ENCODES_IN_SECRET;
  }

  @Override
  public boolean describesPauses(CodecDescriptor descriptor) {
    return fault != Fault.PAUSE_UNDECLARED && fault != Fault.DESCRIBES_UNDECLARED;
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    if (fault == Fault.ENCODES_AND_REFUSES) {
      throw new MediaSetupException(
          MediaSetupException.Reason.RESOURCE_MISSING, "no library", parameters.toString());
    }
    if (fault == Fault.LEAKS) {
      leaked.add(new byte[2_000]);
    } else if (fault == Fault.LEAKS_OFF_HEAP) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(16_384);
      buffer.put(0, (byte) 1).put(4_096, (byte) 1).put(8_192, (byte) 1).put(12_288, (byte) 1);
      leaked.add(buffer);
    }
    return new Encoder(parameters.samplesPerFrame(), fault == Fault.SHARED_STATE ? shared : null);
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) {
    return new Decoder();
  }

  private final class Encoder implements AudioEncoder {
    private final int frame;
    private final int[] last;
    private boolean closed;
    private boolean dtx;
    private boolean dtxStuck;
    private boolean toDescribe;
    private byte[] garbage = {};

    Encoder(int frame, int[] shared) {
      this.frame = frame;
      last = shared == null ? new int[1] : shared;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, ByteBuffer out) {
      if (closed && fault != Fault.WORKS_AFTER_CLOSE) {
        return MediaStatus.FAILED;
      }
      if (samples != frame && (fault != Fault.TAKES_ANY_LENGTH || samples < 0)) {
        return MediaStatus.BAD_INPUT;
      }
      if (fault == Fault.CONSUMES_BEFORE_REFUSING) {
        last[0] += pcm[offset];
      }
      if (out.remaining() < 2 * samples) {
        if (fault == Fault.WRITES_INTO_SMALL_BUFFER) {
          out.clear().put((byte) 1);
        }
        return MediaStatus.BUFFER_TOO_SMALL;
      }
      if (dtx && (silent(pcm, offset, samples) || dtxStuck)) {
        dtxStuck = fault == Fault.DTX_NEVER_ENDS;
        if (fault == Fault.DTX_MOVES_POSITION) {
          out.put((byte) 0);
        }
        return 0;
      }
      toDescribe = true;
      if (fault == Fault.ALLOCATES) {
        garbage = new byte[16 + garbage.length % 2];
      }
      for (int i = 0; i < samples; i++) {
        short difference = (short) (pcm[offset + i] - last[0]);
        last[0] = pcm[offset + i];
        if (fault == Fault.HEAP_BUFFERS_ONLY) {
          byte[] array = out.array();
          array[out.arrayOffset() + out.position()] = (byte) (difference >> 8);
          array[out.arrayOffset() + out.position() + 1] = (byte) difference;
          out.position(out.position() + 2);
        } else {
          out.putShort(difference);
        }
      }
      if (fault == Fault.LIMIT_MOVED) {
        out.limit(out.position());
      }
      return 2 * samples;
    }

    @Override
    public int describePause(ByteBuffer out) {
      boolean again = fault == Fault.DESCRIBES_UNDECLARED;
      if (closed || !toDescribe && !again || fault == Fault.DESCRIBES_NOTHING) {
        return 0;
      }
      toDescribe = false;
      out.put((byte) (fault == Fault.DESCRIBES_FOR_NOBODY ? 0xFF : 80));
      return fault == Fault.DESCRIBES_WRONG_LENGTH ? 2 : 1;
    }

    private static boolean silent(short[] pcm, int offset, int samples) {
      for (int i = offset; i < offset + samples; i++) {
        if (pcm[i] != 0) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean tune(EncoderTuning tuning) {
      if (tuning.dtx().isPresent()) {
        dtx = fault != Fault.DTX_WITHOUT_EFFECT && tuning.dtx().get();
        dtx |= fault == Fault.DTX_FOR_GOOD;
        return true;
      }
      return fault == Fault.EMPTY_TUNING_APPLIED;
    }

    @Override
    public void close() {
      if (closed && fault == Fault.CLOSE_THROWS_TWICE) {
        throw new IllegalStateException("closed");
      }
      closed = true;
    }
  }

  private final class Decoder implements AudioDecoder {
    private int last;
    private boolean stuck;
    private boolean closed;
    private boolean pausing;

    @Override
    public int pause(ByteBuffer description) {
      if (closed && fault != Fault.PAUSE_AFTER_CLOSE) {
        return MediaStatus.FAILED;
      }
      if (fault == Fault.DESCRIBES_UNDECLARED) {
        return MediaStatus.UNSUPPORTED;
      }
      if (!description.hasRemaining() && fault != Fault.PAUSE_WITHOUT_A_BYTE) {
        return MediaStatus.BAD_INPUT;
      }
      if (fault == Fault.DESCRIBES_FOR_NOBODY && description.remaining() == 1) {
        return MediaStatus.BAD_INPUT;
      }
      if (fault == Fault.PAUSE_MOVES_DESCRIPTION) {
        description.get();
      }
      pausing = fault != Fault.PAUSE_IGNORED;
      return 0;
    }

    @Override
    public boolean pauses() {
      return pausing;
    }

    @Override
    public int decode(ByteBuffer payload, short[] pcm, int offset) {
      if (closed && fault != Fault.WORKS_AFTER_CLOSE) {
        return MediaStatus.FAILED;
      }
      int samples = lengthOf(payload);
      if (samples < 0 || stuck) {
        stuck = fault == Fault.STUCK_AFTER_BAD;
        return MediaStatus.BAD_INPUT;
      }
      int position = payload.position();
      for (int i = 0; i < samples; i++) {
        last += payload.getShort(position + 2 * i);
        pcm[offset + i] = (short) last;
      }
      if (fault == Fault.MOVES_PAYLOAD) {
        payload.position(payload.limit());
      }
      int behind = offset + AUDIO.samplesIn(CodecParameters.MAX_PAYLOAD_DURATION_US);
      if (fault == Fault.WRITES_BEHIND && pcm.length > behind) {
        pcm[behind] = 1;
      }
      pausing = fault == Fault.SPEECH_PAUSES || pausing && fault == Fault.PAUSE_NEVER_ENDS;
      return samples;
    }

    private int lengthOf(ByteBuffer payload) {
      int bytes = payload.remaining();
      if (bytes == 0) {
        return fault == Fault.EMPTY_IS_FINE ? 0 : MediaStatus.BAD_INPUT;
      }
      boolean overlong = bytes > 1_920 && fault != Fault.THROWS_ON_OVERLONG;
      return overlong || bytes % 2 == 1 ? MediaStatus.BAD_INPUT : bytes / 2;
    }

    @Override
    public int samplesIn(ByteBuffer payload) {
      if (fault == Fault.ASKING_CHANGES_STATE) {
        last++;
      }
      int samples = lengthOf(payload);
      return fault == Fault.SAMPLES_IN_WRONG && samples > 0 ? samples + 1 : samples;
    }

    @Override
    public int conceal(int samples, short[] pcm, int offset) {
      if (pausing && !closed && fault != Fault.PAUSE_WITHOUT_NOISE) {
        Arrays.fill(pcm, offset, offset + samples, (short) 0);
        pausing = fault != Fault.PAUSE_ENDED_BY_NOISE;
        return samples;
      }
      return fault == Fault.CONCEALS_TOO_MUCH ? samples + 1 : MediaStatus.UNSUPPORTED;
    }

    @Override
    public int recover(ByteBuffer next, int samplesToNext, int samples, short[] pcm, int offset) {
      if (samplesToNext > 0 && fault == Fault.RECOVERS_THE_WHOLE_GAP) {
        int whole = Math.min(samplesToNext + samples, pcm.length - offset);
        Arrays.fill(pcm, offset, offset + whole, (short) 0);
        return samples;
      }
      if (samplesToNext > 0 && fault == Fault.THROWS_FAR_BACK) {
        return pcm[samplesToNext + pcm.length];
      }
      stuck |= samplesToNext > 0 && fault == Fault.STUCK_AFTER_FAR_BACK;
      return fault == Fault.RECOVERS_TOO_LITTLE ? samples - 1 : MediaStatus.UNSUPPORTED;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
