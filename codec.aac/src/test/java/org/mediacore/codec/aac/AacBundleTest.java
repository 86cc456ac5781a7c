package org.mediacore.codec.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.tck.BundleContainer;
import org.osgi.framework.Bundle;

/** In a container: there with media.ffmpeg and not without; decoders outlive the bundle. */
class AacBundleTest {
  private static final Fmtp LOW_COMPLEXITY = Aac.fmtp("1408");

  @TempDir Path folder;

  @BeforeAll
  static void needsTheLibraries() {
    Aac.ffmpeg();
  }

  @Test
  void decodersOutliveTheirBundle() throws Exception {
    try (BundleContainer container = BundleContainer.start(folder, Map.of())) {
      Bundle ffmpeg = container.startNamed("org.mediacore.media.ffmpeg");
      Bundle aac = container.start(Path.of("target/classes"), "1.0.0");
      try (AudioDecoder decoder = decoder(container.service(aac, AudioCodecFactory.class))) {
        container.loadClasses(aac);
        ffmpeg.stop();
        assertTrue(container.find(aac, AudioCodecFactory.class).isEmpty(), "nothing to build on");
        ffmpeg.start();
        container.service(aac, AudioCodecFactory.class);
        container.uninstall(aac);
        ByteBuffer silence = ByteBuffer.wrap(Aac.hex("00000007"));
        assertEquals(1_024, decoder.decode(silence, new short[2_048], 0));
        assertEquals(-1, decoder.decode(ByteBuffer.allocate(0), new short[2_048], 0));
      }
    }
  }

  private static AudioDecoder decoder(AudioCodecFactory factory) throws Exception {
    CodecDescriptor descriptor =
        factory.descriptors().stream()
            .filter(d -> d.rtpmap().equals("AAC/16000"))
            .findFirst()
            .orElseThrow();
    CodecParameters agreed =
        factory.negotiate(descriptor, LOW_COMPLEXITY, descriptor.defaultFmtp()).orElseThrow();
    return factory.createDecoder(agreed);
  }
}
