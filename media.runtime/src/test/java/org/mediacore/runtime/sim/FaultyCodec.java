package org.mediacore.runtime.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.CodecParameters;

/** A codec whose decoders have one fault. */
final class FaultyCodec extends WrappedCodec {
  /** What is wrong. */
  enum Fault {
    THROWS_IN_CONSTRUCTOR("cannot be made"),
    THROWS_AT_FRAME_100("broken at frame 100"),
    ONE_SAMPLE_LESS("decoded"),
    SLEEPS_A_SECOND("ms for one frame"),
    LEAKS("KiB per frame");

    private final String said;

    Fault(String said) {
      this.said = said;
    }

    /** What a quarantine says of it. */
    String said() {
      return said;
    }
  }

  private static final int LEAKED_BYTES = 256 * 1024;

  private final Fault fault;
  private final List<byte[]> leaked = new ArrayList<>();

  FaultyCodec(AudioCodecFactory real, Fault fault) {
    super(real);
    this.fault = fault;
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    if (fault == Fault.THROWS_IN_CONSTRUCTOR) {
      throw new IllegalStateException("cannot be made");
    }
    return new Faulty(real.createDecoder(parameters));
  }

  private final class Faulty implements AudioDecoder {
    private final AudioDecoder decoder;
    private int frames;

    Faulty(AudioDecoder decoder) {
      this.decoder = decoder;
    }

    @Override
    public int decode(ByteBuffer payload, short[] pcm, int offset) {
      frames++;
      switch (fault) {
        case THROWS_AT_FRAME_100 -> {
          if (frames == 100) {
            throw new IllegalStateException("broken at frame 100");
          }
        }
        case SLEEPS_A_SECOND -> sleep();
        case LEAKS -> leaked.add(new byte[LEAKED_BYTES]);
        default -> {}
      }
      int samples = decoder.decode(payload, pcm, offset);
      return fault == Fault.ONE_SAMPLE_LESS ? samples - 1 : samples;
    }

    /** Somebody's code that holds its thread, which is what is tested. */
    private static void sleep() {
      try {
        Thread.sleep(1_000);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public int samplesIn(ByteBuffer payload) {
      return decoder.samplesIn(payload);
    }

    @Override
    public void close() {
      decoder.close();
    }
  }
}
