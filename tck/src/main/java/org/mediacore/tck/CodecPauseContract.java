package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.EncoderTuning;
import org.mediacore.api.codec.Fmtp;

/**
 * What a codec owes where it says that it only decodes, and about pauses: those of its own payloads
 * and those that comfort noise packets describe (RFC 3389).
 */
abstract class CodecPauseContract extends CodecNegotiationContract {
  private static final int FRAMES = 12;
  private static final int PAUSE_US = 2_000_000;

  /**
   * {@link AudioCodecFactory#encodes}: always the same answer. Where yes, an encoder can be made;
   * where no, one is refused with a reason, and decoders can be made all the same.
   */
  @Test
  void encodersCanBeMadeAsTold() throws Exception {
    AudioCodecFactory factory = factory();
    for (CodecDescriptor descriptor : factory.descriptors()) {
      String what = descriptor.rtpmap();
      boolean encodes = Check.noThrow(what, () -> factory.encodes(descriptor));
      assertEquals(encodes, factory.encodes(descriptor), what + ": encodes changes its mind");
      CodecParameters agreed = agree(descriptor, Fmtp.NONE);
      if (encodes) {
        try (AudioEncoder encoder = factory.createEncoder(agreed)) {
          assertFalse(encoder.tune(EncoderTuning.NONE), what);
        } catch (MediaSetupException refused) {
          throw new AssertionError(what + " encodes, and refuses an encoder: " + refused, refused);
        }
      } else {
        MediaSetupException refused =
            assertThrows(MediaSetupException.class, () -> factory.createEncoder(agreed), what);
        assertFalse(refused.getMessage().isBlank(), what);
      }
      factory.createDecoder(agreed).close();
    }
  }

  /** {@link AudioDecoder#pauses}: not before the first payload, and not behind speech. */
  @Test
  void speechIsNoPause() throws Exception {
    for (CodecParameters parameters : agreements()) {
      try (CodecPair pair = CodecPair.open(factory(), parameters)) {
        assertFalse(pair.decoder.pauses(), "a new decoder pauses");
        assertSpeechEndsPause(pair, 0);
      }
    }
  }

  /**
   * {@link AudioDecoder#pause}: where {@link AudioCodecFactory#describesPauses} says so, a
   * description starts a pause, is left as it was, and {@code conceal} gives noise of any length
   * until the next payload ends it; one that cannot be read changes nothing. Elsewhere none is
   * taken.
   */
  @Test
  void describedPauseLastsUntilThePayload() throws Exception {
    AudioCodecFactory factory = factory();
    for (CodecParameters parameters : agreements()) {
      boolean describes = factory.describesPauses(parameters.descriptor());
      assertEquals(describes, factory.describesPauses(parameters.descriptor()));
      try (CodecPair pair = CodecPair.open(factory(), parameters)) {
        assertRefusesNothing(pair, false);
        byte[] description = {60, 100, 127};
        if (!describes) {
          assertTrue(pause(pair, description) < 0, "takes a description it says it does not");
          assertFalse(pair.decoder.pauses(), "pauses without leave");
          continue;
        }
        assertEquals(0, pause(pair, description), "status of a good description");
        assertPauses(pair);
        assertRefusesNothing(pair, true);
        Random random = new Random(33_89);
        for (int length = 1; length < 60; length++) {
          byte[] any = new byte[length];
          random.nextBytes(any);
          int status = pause(pair, any);
          assertTrue(status <= 0, BadPayloads.describe(any) + ": " + status);
          assertPauses(pair);
        }
        assertSpeechEndsPause(pair, 0);
        pair.close();
        assertTrue(pause(pair, description) < 0, "pause after close");
      }
    }
  }

  /** An empty description is refused, and leaves the pause or none as it was. */
  private static void assertRefusesNothing(CodecPair pair, boolean pausing) {
    assertTrue(pause(pair, new byte[0]) < 0, "takes a description without a byte");
    assertEquals(pausing, pair.decoder.pauses(), "a refused description changed the pause");
  }

  /**
   * {@link AudioEncoder#describePause}: nothing unless frames are left out; then, where {@link
   * AudioCodecFactory#describesPauses} says so, at least once what a decoder takes, written as
   * {@code encode} writes. A codec with a silence of its own sends that instead, and its decoder
   * fills what is left out.
   */
  @Test
  void leftOutFramesAreDescribed() throws Exception {
    for (CodecParameters parameters : agreements()) {
      try (CodecPair pair = CodecPair.open(factory(), parameters)) {
        pair.encoder.tune(EncoderTuning.builder().dtx(true).build());
        int index = assertSpeechEndsPause(pair, 0);
        int[] pause = pause(pair);
        int leftOut = pause[0];
        int described = pause[1];
        boolean describes = factory().describesPauses(parameters.descriptor());
        assertTrue(describes || described == 0, "describes pauses and does not say so");
        assertTrue(!describes || leftOut == 0 || described > 0, "a pause that nobody described");
        assertSpeechEndsPause(pair, index);
        pair.close();
        ByteBuffer out = ByteBuffer.allocate(100);
        assertTrue(pair.encoder.describePause(out) <= 0, "describes after close");
        assertEquals(0, out.position());
      }
    }
  }

  /** Two seconds of silence: how many frames were left out, and how often it was described. */
  private static int[] pause(CodecPair pair) {
    int samples = pair.parameters.samplesPerFrame();
    short[] silence = new short[samples * pair.parameters.sendFormat().channels()];
    int[] count = new int[2];
    for (int us = 0; us < PAUSE_US; us += pair.parameters.frameDurationUs()) {
      ByteBuffer out = ByteBuffer.allocate(65_536);
      int bytes = pair.encoder.encode(silence, 0, samples, out);
      assertTrue(bytes >= 0, () -> "encode of silence: " + MediaStatus.nameOf(bytes));
      if (bytes > 0) {
        pair.decode(Arrays.copyOf(out.array(), bytes));
        continue;
      }
      count[0]++;
      count[1] += describe(pair) ? 1 : 0;
      if (pair.decoder.pauses()) {
        assertPauses(pair);
      } else {
        pair.checkConceal();
      }
    }
    return count;
  }

  private static boolean describe(CodecPair pair) {
    ByteBuffer out = ByteBuffer.allocate(1_500).position(3).limit(1_400);
    int bytes = pair.encoder.describePause(out);
    assertTrue(bytes >= 0, () -> "describePause: " + MediaStatus.nameOf(bytes));
    assertEquals(3 + bytes, out.position(), "position behind the description");
    assertEquals(1_400, out.limit());
    if (bytes > 0) {
      byte[] description = Arrays.copyOfRange(out.array(), 3, 3 + bytes);
      assertEquals(0, pause(pair, description), "the decoder refuses what the encoder described");
      assertPauses(pair);
    }
    return bytes > 0;
  }

  private static int pause(CodecPair pair, byte[] description) {
    ByteBuffer view = ByteBuffer.wrap(description.clone());
    String what = "pause " + BadPayloads.describe(description);
    int status = Check.noThrow(what, () -> pair.decoder.pause(view));
    assertEquals(0, view.position(), what + " moved its position");
    assertArrayEquals(description, view.array(), what + " was changed");
    return status;
  }

  private static void assertPauses(CodecPair pair) {
    assertTrue(pair.decoder.pauses(), "the far end pauses, and the decoder does not");
    int wanted = pair.expectedSamples();
    assertEquals(wanted, pair.concealStatus(), "noise of a pause");
    assertTrue(pair.decoder.pauses(), "noise ended the pause");
  }

  /** Some frames of a signal; behind the last of them nobody pauses. */
  private static int assertSpeechEndsPause(CodecPair pair, int from) {
    for (int i = from; i < from + FRAMES; i++) {
      pair.decode(pair.encode(1, i));
    }
    assertFalse(pair.decoder.pauses(), "pauses behind a payload of speech");
    return from + FRAMES;
  }

  private List<CodecParameters> agreements() {
    return encoded(factory()).stream().map(descriptor -> agree(descriptor, Fmtp.NONE)).toList();
  }
}
