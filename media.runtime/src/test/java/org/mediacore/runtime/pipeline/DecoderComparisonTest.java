package org.mediacore.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.codec.g711.G711CodecFactory;
import org.mediacore.runtime.codec.CodecProvider;
import org.mediacore.runtime.codec.CodecRegistry;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.registry.Standing;
import org.mediacore.runtime.sim.WrappedCodec;
import org.osgi.framework.Version;

/** What a canary holds against a decoder, and what it does not. */
class DecoderComparisonTest {
  private static final int THROWS = -99;

  private final PayloadHistory history = new PayloadHistory(200);
  private final Tally tally = new Tally();
  private final CodecRegistry registry = new CodecRegistry(new Standing());
  private int ends;

  /** G.711 whose decoders give a fixed result. */
  private static final class Fixed extends WrappedCodec {
    private int result = 160;
    private boolean cannotBeMade;
    private int closed;
    private Runnable whileDecoding = () -> {};

    Fixed() {
      super(new G711CodecFactory());
    }

    @Override
    public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
      if (cannotBeMade) {
        throw new IllegalStateException("broken constructor");
      }
      return new AudioDecoder() {
        @Override
        public int decode(ByteBuffer payload, short[] pcm, int offset) {
          whileDecoding.run();
          payload.position(payload.limit()); // what one reads, the other has still to read
          if (result == THROWS) {
            throw new IllegalStateException("broken");
          }
          return payload.limit() == 0 ? MediaStatus.FAILED : result;
        }

        @Override
        public int samplesIn(ByteBuffer payload) {
          return payload.remaining();
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }
  }

  private CodecProvider provider(AudioCodecFactory factory, int minor) {
    registry.add(factory, new ProviderInfo("codec", new Version(1, minor, 0), 0, minor));
    List<CodecProvider> all = registry.all();
    return all.stream()
        .filter(one -> one.info().version().getMinor() == minor)
        .filter(one -> one.descriptor().encoding().equals("PCMU"))
        .findFirst()
        .orElseThrow();
  }

  private DecoderComparison comparison(Fixed predecessor, Fixed newcomer)
      throws MediaSetupException {
    CodecProvider from = provider(predecessor, 0);
    CodecParameters parameters = from.negotiate(Fmtp.NONE, 20).orElseThrow();
    return new DecoderComparison(
        history, () -> ends++, parameters, from, provider(newcomer, 1), tally);
  }

  @ParameterizedTest
  @CsvSource({
    // predecessor, newcomer, faults, refused by the newcomer alone, taken by it alone
    "160, 160, 0, 0, 0",
    "160,  80, 1, 0, 0",
    "160,  -1, 0, 1, 0",
    "160,  -4, 1, 0, 0",
    "160, -99, 1, 0, 0",
    " -1,  -1, 0, 0, 0",
    " -1, 160, 0, 0, 1",
    " -1,  -4, 0, 1, 0",
    " -1, -99, 0, 1, 0",
    " -4, 160, 0, 0, 1",
    " -4,  -1, 0, 0, 0",
    "-99, -99, 0, 0, 0",
  })
  void payloadThatMayBeTheSendersFaultIsNotTheNewcomers(
      int before, int now, int faults, int refused, int taken) throws Exception {
    Fixed predecessor = new Fixed();
    predecessor.result = before;
    Fixed newcomer = new Fixed();
    newcomer.result = now;
    DecoderComparison comparison = comparison(predecessor, newcomer);
    history.add(ByteBuffer.allocate(160));
    comparison.next().run();
    assertEquals(1, tally.frames());
    assertEquals(faults, tally.faults(), tally.firstFault());
    assertEquals(refused, tally.refusedAlone(), tally.firstRefused());
    assertEquals(taken, tally.takenByNewcomerAlone());
    comparison.close();
    assertEquals(1, predecessor.closed);
    assertEquals(1, newcomer.closed);
    assertEquals(1, ends);
  }

  @Test
  void newcomerThatCannotBeMadeLeavesNothingOpen() {
    Fixed predecessor = new Fixed();
    Fixed newcomer = new Fixed();
    newcomer.cannotBeMade = true;
    assertThrows(MediaSetupException.class, () -> comparison(predecessor, newcomer));
    assertEquals(1, predecessor.closed);
    assertEquals(1, tally.faults());
  }

  @Test
  void whatIsGivenUpDoesNotCountAnyMore() throws Exception {
    Fixed newcomer = new Fixed();
    DecoderComparison comparison = comparison(new Fixed(), newcomer);
    assertFalse(comparison.newcomerIsAtWork());
    boolean[] atWork = new boolean[1];
    newcomer.whileDecoding =
        () -> {
          atWork[0] = comparison.newcomerIsAtWork();
          comparison.giveUp();
        };
    history.add(ByteBuffer.allocate(160));
    history.add(ByteBuffer.allocate(160));
    comparison.next().run();
    assertTrue(atWork[0]);
    assertFalse(comparison.newcomerIsAtWork());
    assertEquals(0, tally.frames());
  }
}
