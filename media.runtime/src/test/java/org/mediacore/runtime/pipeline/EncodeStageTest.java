package org.mediacore.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.codec.g711.G711CodecFactory;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.codec.CodecRegistry;
import org.mediacore.runtime.registry.Provider;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.registry.Standing;
import org.mediacore.runtime.sim.WrappedCodec;
import org.osgi.framework.Version;

/** Changes of the encoder while nothing is sent, and after failures. */
class EncodeStageTest {
  private final Standing standing = new Standing();
  private final CodecRegistry registry = new CodecRegistry(standing);
  private final ByteBuffer out = ByteBuffer.allocate(2000);
  private final short[] pcm = new short[160];
  private int result;
  private int failsAfter = Integer.MAX_VALUE;

  /** Gives what the test says, from a frame number of each instance on; 0 before. */
  private final class Given extends WrappedCodec {
    Given() {
      super(new G711CodecFactory());
    }

    @Override
    public AudioEncoder createEncoder(CodecParameters parameters) {
      return new AudioEncoder() {
        private int frames;

        @Override
        public int encode(short[] samples, int offset, int count, ByteBuffer to) {
          return frames++ >= failsAfter ? MediaStatus.FAILED : result;
        }

        @Override
        public boolean tune(EncoderTuning tuning) {
          return true;
        }

        @Override
        public void close() {}
      };
    }
  }

  private static final class Retiring implements SwapOutcome {
    private int switched;

    @Override
    public void switched(Facts facts, Runnable retire) {
      switched++;
      retire.run();
    }

    @Override
    public void refused(String why, Runnable retire, boolean atFault) {
      retire.run();
    }
  }

  private CodecProvider provider(String version) {
    registry.add(
        new Given(),
        new ProviderInfo("codec", Version.parseVersion(version), 0, version.charAt(0)));
    return registry.selected().stream()
        .filter(p -> p.descriptor().rtpmap().equalsIgnoreCase("PCMU/8000"))
        .findFirst()
        .orElseThrow();
  }

  private EncodeStage stage(CodecProvider provider) throws Exception {
    CodecParameters parameters =
        provider.negotiate(provider.descriptor().defaultFmtp(), 20).orElseThrow();
    return new EncodeStage(provider, parameters, ProcessChain.NONE);
  }

  @Test
  void twoChangesInOneSilenceCloseBothPredecessors() throws Exception {
    CodecProvider one = provider("1.0.0");
    CodecProvider two = provider("2.0.0");
    CodecProvider three = provider("3.0.0");
    EncodeStage stage = stage(one);
    Retiring outcome = new Retiring();
    stage.encode(pcm, 0, 160, out);
    stage.trial().run(two, outcome, standing).handOver();
    stage.encode(pcm, 0, 160, out); // nothing to send: no packet tells of the change
    stage.trial().run(three, outcome, standing).handOver();
    stage.encode(pcm, 0, 160, out);
    stage.release();
    stage.close();
    assertEquals(0, one.openInstances(), "first");
    assertEquals(0, two.openInstances(), "second");
    assertEquals(0, three.openInstances(), "third");
    assertEquals(2, outcome.switched);
  }

  @Test
  void successorOfAFailingEncoderIsWatchedAnew() throws Exception {
    CodecProvider one = provider("1.0.0");
    failsAfter = 0;
    EncodeStage stage = stage(one);
    List<Provider> failing = new ArrayList<>();
    stage.listener(
        new LegListener() {
          @Override
          public void silentFor(long silentNs) {}

          @Override
          public void failing(Provider provider, String what) {
            failing.add(provider);
          }

          @Override
          public void formerCodecEnded(DecodeStage decoder) {}

          @Override
          public void failed(Throwable cause) {}
        });
    for (int i = 0; i < 7; i++) {
      stage.encode(pcm, 0, 160, out);
    }
    assertEquals(List.of(one), failing);
    CodecProvider two = provider("2.0.0");
    failsAfter = 160; // well in its probation, and not for long in the call
    stage.trial().run(two, new Retiring(), standing).handOver();
    for (int i = 0; i < 170; i++) {
      stage.encode(pcm, 0, 160, out);
    }
    assertEquals(List.of(one, two), failing);
  }
}
