package org.mediacore.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.codec.CodecRegistry;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.registry.Standing;
import org.mediacore.runtime.sim.RealCodecs;
import org.mediacore.runtime.sim.WrappedCodec;
import org.osgi.framework.Version;

/**
 * How soon a decoder sounds as its predecessor does, by what it was primed with: SILK at 8 kHz and
 * a steady tone, of which a decoder that joins keeps what it got wrong for long.
 */
class PrimingTest {
  private static final int FRAME = 960;
  private static final int FIRST = 300;
  private static final int BETWEEN = 125;
  private static final int SWAPS = 24;
  private static final int ALIKE = 5;

  private final AudioCodecFactory opus = RealCodecs.opus();
  private final Standing standing = new Standing();
  private final CodecRegistry registry = new CodecRegistry(standing);
  private final short[] pcm = new short[8 * FRAME];

  @Test
  void primedWithWhatItsCodecAsksForItSoundsAlikeAtOnce() throws Exception {
    assertEquals(2_000, opus.primingMs(opus.descriptors().get(0)));
    List<Integer> followed = payloadsFollowed(opus.primingMs(opus.descriptors().get(0)));
    assertTrue(sum(followed) <= SWAPS * (ALIKE + 1), followed.toString());
  }

  @Test
  void primedWithLessItDoesNot() throws Exception {
    List<Integer> followed = payloadsFollowed(AudioCodecFactory.LEAST_PRIMING_MS);
    assertTrue(sum(followed) > SWAPS * (ALIKE + 3), followed.toString());
  }

  private static int sum(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }

  /** How many payloads each of a row of successors decodes along with until it takes over. */
  private List<Integer> payloadsFollowed(int primingMs) throws Exception {
    CodecProvider provider = provider(1, primingMs);
    List<ByteBuffer> payloads = tone(provider, 2_110);
    DecodeStage stage = new DecodeStage(provider, parameters(provider), ProcessChain.NONE);
    int next = 0;
    List<Integer> followed = new ArrayList<>();
    for (int swap = 0; swap < SWAPS; swap++) {
      for (; next < FIRST + swap * BETWEEN; next++) {
        stage.decode(payloads.get(next).duplicate(), pcm);
      }
      provider = provider(2 + swap, primingMs);
      stage.trial().run(provider, new MustSwitch(), standing).handOver();
      int from = next;
      while (stage.provider() != provider) {
        stage.decode(payloads.get(next++).duplicate(), pcm);
      }
      followed.add(next - from);
    }
    stage.close();
    return followed;
  }

  private CodecProvider provider(int version, int primingMs) {
    registry.add(
        new WrappedCodec(opus) {
          @Override
          public int primingMs(CodecDescriptor descriptor) {
            return primingMs;
          }
        },
        new ProviderInfo("codec.opus", new Version(version, 0, 0), 0, version));
    return registry.selected().get(0);
  }

  /** As with a peer that plays no more than 8 kHz. */
  private static CodecParameters parameters(CodecProvider provider) throws Exception {
    return provider.negotiate(Fmtp.parse("maxplaybackrate=8000"), 20).orElseThrow();
  }

  private static List<ByteBuffer> tone(CodecProvider provider, double hz) throws Exception {
    List<ByteBuffer> payloads = new ArrayList<>();
    short[] frame = new short[FRAME];
    ByteBuffer out = ByteBuffer.allocate(1_275);
    AudioEncoder encoder = provider.createEncoder(parameters(provider));
    for (int i = 0; i < FIRST + SWAPS * BETWEEN; i++) {
      for (int at = 0; at < FRAME; at++) {
        double phase = 2 * Math.PI * hz * (i * FRAME + at) / 48_000;
        frame[at] = (short) Math.rint(8_000 * Math.sin(phase));
      }
      encoder.encode(frame, 0, FRAME, out.clear());
      payloads.add(ByteBuffer.wrap(Arrays.copyOf(out.array(), out.position())));
    }
    provider.close(encoder);
    return payloads;
  }
}
