package org.mediacore.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.processing.AudioProcessor;
import org.mediacore.api.processing.AudioProcessorFactory;
import org.mediacore.api.processing.ProcessorDescriptor;
import org.mediacore.api.processing.ProcessorDescriptor.Position;
import org.mediacore.codec.g711.G711CodecFactory;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.codec.CodecRegistry;
import org.mediacore.runtime.processing.ProcessorProvider;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.registry.Standing;
import org.mediacore.runtime.sim.WrappedCodec;
import org.osgi.framework.Version;

/**
 * What was made slowly has missed frames: it catches up with two of them per frame of the call, and
 * takes over when it has had all. How many frames both instances work on is counted.
 */
class CatchUpTest {
  private static final int FRAME = 160;
  private static final int MISSED = 5;

  private final Standing standing = new Standing();
  private final CodecRegistry registry = new CodecRegistry(standing);
  private final short[] pcm = new short[8_000];
  private int worked;

  private interface Turn {
    void run() throws Exception;
  }

  private final class CountedCodec extends WrappedCodec {
    CountedCodec() {
      super(new G711CodecFactory());
    }

    @Override
    public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
      AudioEncoder encoder = real.createEncoder(parameters);
      return new AudioEncoder() {
        @Override
        public int encode(short[] samples, int offset, int count, ByteBuffer out) {
          worked++;
          return encoder.encode(samples, offset, count, out);
        }

        @Override
        public boolean tune(EncoderTuning tuning) {
          return encoder.tune(tuning);
        }

        @Override
        public void close() {
          encoder.close();
        }
      };
    }

    @Override
    public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
      AudioDecoder decoder = real.createDecoder(parameters);
      return new AudioDecoder() {
        @Override
        public int decode(ByteBuffer payload, short[] samples, int offset) {
          worked++;
          return decoder.decode(payload, samples, offset);
        }

        @Override
        public int samplesIn(ByteBuffer payload) {
          return decoder.samplesIn(payload);
        }

        @Override
        public void close() {
          decoder.close();
        }
      };
    }
  }

  private final class CountedProcessor implements AudioProcessorFactory {
    @Override
    public ProcessorDescriptor descriptor() {
      return new ProcessorDescriptor("counted", Position.RECEIVED, 0);
    }

    @Override
    public AudioProcessor create(AudioFormat format) {
      return new AudioProcessor() {
        @Override
        public int process(short[] samples, int offset, int count) {
          worked += count / FRAME;
          return count;
        }

        @Override
        public void close() {
          // Holds nothing.
        }
      };
    }
  }

  private static ProviderInfo info(int version) {
    return new ProviderInfo("counted", new Version(version, 0, 0), 0, version);
  }

  private CodecProvider codec(int version) {
    registry.add(new CountedCodec(), info(version));
    return registry.selected().stream()
        .filter(p -> p.descriptor().rtpmap().equalsIgnoreCase("PCMU/8000"))
        .findFirst()
        .orElseThrow();
  }

  private static CodecParameters parameters(CodecProvider provider) throws MediaSetupException {
    return provider.negotiate(provider.descriptor().defaultFmtp(), 20).orElseThrow();
  }

  /** How many frames each of the next turns of a call costs. */
  private List<Integer> costs(int turns, Turn turn) throws Exception {
    List<Integer> costs = new ArrayList<>();
    for (int i = 0; i < turns; i++) {
      int before = worked;
      turn.run();
      costs.add(worked - before);
    }
    return costs;
  }

  @Test
  void encoder() throws Exception {
    CodecProvider one = codec(1);
    EncodeStage stage = new EncodeStage(one, parameters(one), ProcessChain.NONE);
    ByteBuffer out = ByteBuffer.allocate(200);
    Turn turn = () -> stage.encode(pcm, 0, FRAME, out.clear());
    costs(10, turn);
    CodecProvider two = codec(2);
    Successor next = stage.trial().run(two, new MustSwitch(), standing);
    costs(MISSED, turn);
    next.handOver();
    assertEquals(List.of(3, 3, 3), costs(3, turn));
    assertSame(one, stage.provider(), "one frame behind, with this one two");
    assertEquals(List.of(3, 1), costs(2, turn));
    assertSame(two, stage.provider());
  }

  @Test
  void decoder() throws Exception {
    CodecProvider one = codec(1);
    DecodeStage stage = new DecodeStage(one, parameters(one), ProcessChain.NONE);
    ByteBuffer payload = ByteBuffer.allocate(FRAME);
    Turn turn = () -> stage.decode(payload.clear(), pcm);
    costs(10, turn);
    CodecProvider two = codec(2);
    Successor next = stage.trial().run(two, new MustSwitch(), standing);
    costs(MISSED, turn);
    next.handOver();
    assertEquals(List.of(3, 3, 3), costs(3, turn));
    assertSame(one, stage.provider());
    assertEquals(List.of(4, 1), costs(2, turn), "decodes along with what it is up to date for");
    assertSame(two, stage.provider());
  }

  @Test
  void processor() throws Exception {
    ProcessorProvider one = new ProcessorProvider(new CountedProcessor(), info(1));
    ProcessorProvider two = new ProcessorProvider(new CountedProcessor(), info(2));
    ProcessStage stage =
        new ProcessStage("counted", Position.RECEIVED, one, new AudioFormat(8_000, 1));
    Turn turn = () -> stage.process(pcm, 0, FRAME);
    costs(10, turn);
    Successor next = stage.trial().run(two, new MustSwitch(), standing);
    costs(MISSED, turn);
    next.handOver();
    assertEquals(List.of(3, 3, 3), costs(3, turn));
    assertSame(one, stage.provider());
    assertEquals(List.of(4, 1), costs(2, turn), "the block itself, too");
    assertSame(two, stage.provider());
  }
}
