package org.mediacore.codec.amr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.ffmpeg.FFmpeg;
import org.mediacore.tck.BundleContainer;
import org.osgi.framework.Bundle;

/** media.ffmpeg is stopped, started and replaced by another version while frames are coded. */
class FFmpegReplacedTest {
  @TempDir Path folder;

  @BeforeAll
  static void needsTheLibraries() {
    Amr.ffmpeg();
  }

  @Test
  void callsGoOnAndTheServiceReturns() throws Exception {
    try (BundleContainer container = BundleContainer.start(folder, Map.of())) {
      Bundle ffmpeg = container.startNamed("org.mediacore.media.ffmpeg");
      Bundle amr = container.start(Path.of("target/classes"), "1.0.0");
      try (Call call = new Call(container.service(amr, AudioCodecFactory.class))) {
        container.loadClasses(amr);
        call.frame();
        ffmpeg.stop();
        assertTrue(container.find(amr, AudioCodecFactory.class).isEmpty(), "nothing to build on");
        call.frame();
        ffmpeg.start();
        new Call(container.service(amr, AudioCodecFactory.class)).close();
        Path data = ffmpeg.getDataFile("").toPath();
        container.uninstall(ffmpeg);
        call.frame();
        assertFalse(Files.exists(data), "files of the bundle that has gone");
        Path jar =
            Path.of(FFmpeg.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        container.start(jar, "1.0.1");
        amr.start();
        try (Call next = new Call(container.service(amr, AudioCodecFactory.class))) {
          next.frame();
          call.frame();
        }
      }
    }
  }

  /** One encoder and one decoder. */
  private static final class Call implements AutoCloseable {
    private final AudioEncoder encoder;
    private final AudioDecoder decoder;

    Call(AudioCodecFactory factory) throws Exception {
      CodecDescriptor descriptor = factory.descriptors().get(0);
      CodecParameters agreed =
          factory
              .negotiate(descriptor, descriptor.defaultFmtp(), descriptor.defaultFmtp())
              .orElseThrow();
      encoder = factory.createEncoder(agreed);
      decoder = factory.createDecoder(agreed);
    }

    void frame() {
      ByteBuffer payload = ByteBuffer.allocate(100);
      assertEquals(32, encoder.encode(new short[160], 0, 160, payload));
      assertEquals(160, decoder.decode(payload.flip(), new short[160], 0));
    }

    @Override
    public void close() {
      encoder.close();
      decoder.close();
    }
  }
}
