package org.mediacore.runtime.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.codec.g711.G711CodecFactory;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.registry.Standing;
import org.osgi.framework.Version;

class CodecRegistryTest {
  private final CodecRegistry registry = new CodecRegistry(new Standing());

  private static ProviderInfo info(String version, int ranking, long id) {
    return new ProviderInfo("codec.g711", Version.parseVersion(version), ranking, id);
  }

  private List<String> selected() {
    return registry.selected().stream()
        .map(p -> p.descriptor().encoding() + " " + p.info().version() + "/" + p.info().ranking())
        .toList();
  }

  @Test
  void higherRankingThenHigherVersionIsSelected() {
    registry.prefer(List.of("PCMA", "pcmu"));
    registry.add(new G711CodecFactory(), info("1.0.0", 0, 1));
    assertEquals(List.of("PCMA 1.0.0/0", "PCMU 1.0.0/0"), selected());
    AudioCodecFactory newer = new G711CodecFactory();
    registry.add(newer, info("1.1.0", 0, 2));
    assertEquals(List.of("PCMA 1.1.0/0", "PCMU 1.1.0/0"), selected());
    registry.add(new G711CodecFactory(), info("0.9.0", 5, 3));
    assertEquals(List.of("PCMA 0.9.0/5", "PCMU 0.9.0/5"), selected());
    assertEquals(6, registry.describe().size());
    assertEquals(2, registry.remove(newer).size());
    assertEquals(4, registry.describe().size());
  }

  @Test
  void factoryThatBreaksItsContractIsRefused() {
    AudioCodecFactory broken = new Broken();
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> registry.add(broken, info("1.0.0", 0, 1)));
    assertEquals(
        "codec.g711 1.0.0: descriptors() failed: java.lang.IllegalStateException: broken",
        refused.getMessage());
    assertEquals(List.of(), selected());
  }

  @Test
  void framesLongerThanThereIsRoomForAreRefused() {
    CodecDescriptor real = new G711CodecFactory().descriptors().get(0);
    CodecDescriptor longer =
        new CodecDescriptor(
            real.encoding(),
            real.kind(),
            real.rtpClockRateHz(),
            real.rtpChannels(),
            real.audio(),
            real.staticPayloadType(),
            List.of(20_000, 140_000),
            real.defaultFmtp());
    AudioCodecFactory factory =
        new Broken() {
          @Override
          public List<CodecDescriptor> descriptors() {
            return List.of(longer);
          }
        };
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> registry.add(factory, info("1.0.0", 0, 1)));
    assertEquals(
        "codec.g711 1.0.0: " + real.rtpmap() + " has frames of 140000 us, above 120000",
        refused.getMessage());
    assertEquals(List.of(), selected());
  }

  private static class Broken implements AudioCodecFactory {
    @Override
    public List<CodecDescriptor> descriptors() {
      throw new IllegalStateException("broken");
    }

    @Override
    public Optional<CodecParameters> negotiate(CodecDescriptor d, Fmtp remote, Fmtp local) {
      return Optional.empty();
    }

    @Override
    public AudioEncoder createEncoder(CodecParameters parameters) {
      throw new IllegalStateException("broken");
    }

    @Override
    public AudioDecoder createDecoder(CodecParameters parameters) {
      throw new IllegalStateException("broken");
    }
  }
}
