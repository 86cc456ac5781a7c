package org.mediacore.endpoint.standard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.file.AudioFileWriter;
import org.mediacore.format.wav.WavFormat;
import org.mediacore.tck.EndpointBundleContract;
import org.mediacore.tck.MemoryFile;

/** The bundle in a container: it can be replaced under its callers. */
class StandardEndpointsBundleTest extends EndpointBundleContract {
  private static final String PLAYED = "play-tone";
  private static final String RECORDED = "record-memo";

  @TempDir Path home;

  @BeforeEach
  void writeFile() throws IOException {
    short[] pcm = new short[24_000];
    for (int i = 0; i < pcm.length; i++) {
      pcm[i] = (short) (i * 7);
    }
    MemoryFile file = new MemoryFile();
    try (AudioFileWriter writer = new WavFormat().openWriter(file, new AudioFormat(8_000, 1))) {
      writer.write(pcm, 0, pcm.length);
    }
    Files.write(Files.createDirectories(home.resolve("data")).resolve("tone.wav"), file.bytes());
  }

  @Override
  protected List<String> companions() {
    return List.of("org.mediacore.format.wav");
  }

  @Override
  protected Map<String, String> frameworkProperties() {
    return Map.of("org.mediacore.home", home.toString());
  }

  @Override
  protected List<String> addresses() {
    return List.of("conf-a", "bridge-a", "echo", PLAYED, RECORDED);
  }

  @Override
  protected boolean ends(String address) {
    return address.equals(PLAYED);
  }

  @Override
  protected void checkLeft(String address) throws IOException {
    if (address.equals(RECORDED)) {
      assertTrue(Files.size(home.resolve("data/memo.wav")) >= 44, "no header");
    }
  }
}
