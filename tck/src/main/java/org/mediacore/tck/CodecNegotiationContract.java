package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/** What an {@link AudioCodecFactory} owes before any audio: what it offers and agrees to. */
abstract class CodecNegotiationContract {
  /** The factory under test; called for each test, may be the same one. */
  protected abstract AudioCodecFactory factory();

  /** Local format parameters under which the whole contract runs, beside none. */
  protected List<Fmtp> configurations() {
    return List.of();
  }

  /** {@link AudioCodecFactory#descriptors()}: never empty, always the same, each codec once. */
  @Test
  void descriptorsAreStableAndDistinct() {
    AudioCodecFactory factory = factory();
    List<CodecDescriptor> descriptors = factory.descriptors();
    assertFalse(descriptors.isEmpty(), "a factory offers at least one codec");
    assertEquals(descriptors, factory.descriptors());
    assertEquals(Set.copyOf(descriptors), Set.copyOf(factory().descriptors()));
    Set<String> rtpmaps = new HashSet<>();
    for (CodecDescriptor descriptor : descriptors) {
      String rtpmap = descriptor.rtpmap().toLowerCase(Locale.ROOT);
      assertTrue(rtpmaps.add(rtpmap), "offered twice: " + rtpmap);
    }
  }

  /** {@link CodecDescriptor}: frames are whole samples and whole RTP timestamp units. */
  @Test
  void frameDurationsAreWholeSamples() {
    for (CodecDescriptor descriptor : factory().descriptors()) {
      for (long durationUs : descriptor.frameDurationsUs()) {
        String what = descriptor.rtpmap() + " of " + durationUs + " us";
        assertTrue(durationUs <= CodecParameters.MAX_FRAME_DURATION_US, what + " is too long");
        assertEquals(0, durationUs * descriptor.rtpClockRateHz() % 1_000_000, what + ", RTP units");
        assertEquals(
            0, durationUs * descriptor.audio().sampleRateHz() % 1_000_000, what + ", samples");
      }
    }
  }

  /** {@link AudioCodecFactory#primingMs}: within its limits, and always the same. */
  @Test
  void primingIsWithinLimits() {
    AudioCodecFactory factory = factory();
    for (CodecDescriptor descriptor : factory.descriptors()) {
      int ms = factory.primingMs(descriptor);
      String what = descriptor.rtpmap() + ": " + ms + " ms";
      assertTrue(ms >= AudioCodecFactory.LEAST_PRIMING_MS, what);
      assertTrue(ms <= AudioCodecFactory.MOST_PRIMING_MS, what);
      assertEquals(ms, factory.primingMs(descriptor), what);
    }
  }

  /**
   * {@link AudioCodecFactory#negotiate}: agrees with a peer that declares the defaults, at 20 ms.
   */
  @Test
  void negotiatesWithItself() {
    for (CodecDescriptor descriptor : factory().descriptors()) {
      CodecParameters agreed = agree(descriptor, Fmtp.NONE);
      assertEquals(descriptor, agreed.descriptor());
      if (descriptor.frameDurationsUs().contains(20_000)) {
        assertEquals(20_000, agreed.frameDurationUs(), descriptor.rtpmap());
      }
    }
  }

  /**
   * {@link AudioCodecFactory#withPtimeMs}: within the ptime wherever a duration is, nothing else is
   * changed, and an encoder can be made; every duration of the descriptor can be had somehow.
   */
  @Test
  void ptimeIsKept() throws Exception {
    for (CodecDescriptor descriptor : encoded(factory())) {
      Set<Integer> had = new HashSet<>();
      List<Fmtp> locals = new ArrayList<>(List.of(Fmtp.NONE));
      locals.addAll(configurations());
      for (Fmtp local : locals) {
        CodecParameters agreed = agree(descriptor, local);
        List<Integer> durations = durationsOf(agreed);
        assertTrue(durations.contains(agreed.frameDurationUs()), descriptor.rtpmap());
        had.addAll(durations);
        for (int ptimeMs = 1; ptimeMs <= 200; ptimeMs++) {
          CodecParameters kept = factory().withPtimeMs(agreed, ptimeMs);
          String what = descriptor.rtpmap() + " " + local + ", ptime " + ptimeMs;
          assertEquals(withDuration(agreed, kept.frameDurationUs()), kept, what);
          int longest = durations.get(0);
          for (int durationUs : durations) {
            longest = durationUs <= ptimeMs * 1_000 ? durationUs : longest;
          }
          assertEquals(longest, kept.frameDurationUs(), what);
        }
        for (int durationUs : durations) {
          factory().createEncoder(withDuration(agreed, durationUs)).close();
        }
      }
      assertEquals(Set.copyOf(descriptor.frameDurationsUs()), had, descriptor.rtpmap());
    }
  }

  /**
   * {@link AudioCodecFactory#negotiate}: any parameters give a result or none, never an exception.
   */
  @Test
  void negotiationIsTotal() {
    AudioCodecFactory factory = factory();
    OddFmtp odd = new OddFmtp(new Random(20_260_901));
    for (CodecDescriptor descriptor : factory.descriptors()) {
      for (int i = 0; i < 500; i++) {
        Fmtp remote = odd.next(descriptor.defaultFmtp());
        Fmtp local = odd.next(descriptor.defaultFmtp());
        String what = descriptor.rtpmap() + ", remote " + remote + ", local " + local;
        Optional<CodecParameters> agreed =
            Check.noThrow(what, () -> factory.negotiate(descriptor, remote, local));
        agreed.ifPresent(parameters -> assertEquals(descriptor, parameters.descriptor(), what));
        if (agreed.isPresent() && i % 25 == 0) {
          assertOpens(factory, agreed.get(), what);
        }
      }
    }
  }

  private static void assertOpens(AudioCodecFactory factory, CodecParameters agreed, String what) {
    Check.noThrow(
        what,
        () -> {
          try (AudioEncoder encoder = factory.createEncoder(agreed);
              AudioDecoder decoder = factory.createDecoder(agreed)) {
            return encoder != null && decoder != null;
          } catch (MediaSetupException refused) {
            assertFalse(refused.getMessage().isBlank(), what);
            return false;
          }
        });
  }

  /** {@link AudioCodecFactory#negotiate}: symmetric, and what is declared is accepted again. */
  @Test
  void negotiationIsSymmetric() {
    AudioCodecFactory factory = factory();
    OddFmtp odd = new OddFmtp(new Random(4711));
    for (CodecDescriptor descriptor : factory.descriptors()) {
      for (int i = 0; i < 500; i++) {
        Fmtp left = i == 0 ? Fmtp.NONE : odd.next(descriptor.defaultFmtp());
        Fmtp right = odd.next(descriptor.defaultFmtp());
        String what = descriptor.rtpmap() + ", one " + left + ", other " + right;
        Optional<CodecParameters> one = factory.negotiate(descriptor, right, left);
        Optional<CodecParameters> other = factory.negotiate(descriptor, left, right);
        assertEquals(one.isPresent(), other.isPresent(), what);
        if (one.isPresent()) {
          Fmtp declared = one.get().local();
          assertTrue(
              factory.negotiate(descriptor, declared, right).isPresent(),
              what + ": declared " + declared + " is refused");
        }
      }
    }
  }

  /** {@link AudioCodecFactory#negotiate}: a descriptor that is not the factory's gives none. */
  @Test
  void foreignDescriptorIsRefused() throws Exception {
    CodecDescriptor own = factory().descriptors().get(0);
    CodecDescriptor foreign =
        new CodecDescriptor(
            "x-nobody-has-this",
            own.kind(),
            own.rtpClockRateHz(),
            own.rtpChannels(),
            own.audio(),
            own.staticPayloadType(),
            own.frameDurationsUs(),
            Fmtp.NONE);
    assertEquals(Optional.empty(), factory().negotiate(foreign, Fmtp.NONE, Fmtp.NONE));
  }

  /**
   * {@link AudioCodecFactory#passesUnchanged}: whatever was agreed, there is an answer, and always
   * the same; payloads may pass between two who agreed on the same.
   */
  @Test
  void passingOnIsTotal() {
    AudioCodecFactory factory = factory();
    OddFmtp odd = new OddFmtp(new Random(1_234));
    for (CodecDescriptor descriptor : factory.descriptors()) {
      CodecParameters plain = agree(descriptor, Fmtp.NONE);
      assertTrue(factory.passesUnchanged(plain, plain), descriptor.rtpmap() + " to its like");
      for (int i = 0; i < 200; i++) {
        Optional<CodecParameters> agreed =
            factory.negotiate(
                descriptor, odd.next(descriptor.defaultFmtp()), odd.next(descriptor.defaultFmtp()));
        if (agreed.isPresent()) {
          String what = "between " + plain + " and " + agreed.get();
          boolean there = Check.noThrow(what, () -> factory.passesUnchanged(plain, agreed.get()));
          Check.noThrow(what, () -> factory.passesUnchanged(agreed.get(), plain));
          assertEquals(there, factory.passesUnchanged(plain, agreed.get()), what);
        }
      }
    }
  }

  /** The codecs that can be encoded; the others are only negotiated here. */
  static List<CodecDescriptor> encoded(AudioCodecFactory factory) {
    List<CodecDescriptor> encoded =
        factory.descriptors().stream().filter(factory::encodes).toList();
    assertFalse(encoded.isEmpty(), "no codec of the factory can be encoded here");
    return encoded;
  }

  /** The durations that an agreement allows: those that stay when they are asked for. */
  final List<Integer> durationsOf(CodecParameters agreed) {
    return agreed.descriptor().frameDurationsUs().stream()
        .filter(
            durationUs ->
                factory().withPtimeMs(agreed, (durationUs + 999) / 1_000).frameDurationUs()
                    == durationUs)
        .toList();
  }

  final CodecParameters agree(CodecDescriptor descriptor, Fmtp local) {
    Fmtp declared = local.isEmpty() ? descriptor.defaultFmtp() : local;
    return factory()
        .negotiate(descriptor, declared, declared)
        .orElseThrow(() -> new AssertionError(descriptor.rtpmap() + " refuses itself " + local));
  }

  static CodecParameters withDuration(CodecParameters agreed, int durationUs) {
    return new CodecParameters(
        agreed.descriptor(),
        agreed.sendFormat(),
        agreed.receiveFormat(),
        agreed.local(),
        agreed.remote(),
        durationUs);
  }
}
