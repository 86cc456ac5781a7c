package org.mediacore.endpoint.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mediacore.api.file.MediaFileFormat;
import org.mediacore.format.wav.WavFormat;
import org.osgi.framework.Version;

class InstalledFormatsTest {
  private final InstalledFormats formats = new InstalledFormats();

  private MediaFileFormat add(int ranking, String version, long serviceId) {
    MediaFileFormat format = new WavFormat();
    formats.add(format, ranking, new Version(version), serviceId);
    return format;
  }

  @Test
  void betterComesFirstByRankingThenVersionThenAge() {
    MediaFileFormat second = add(0, "1.1.0", 20);
    MediaFileFormat fourth = add(0, "1.0.0", 30);
    MediaFileFormat third = add(0, "1.0.0", 10);
    MediaFileFormat first = add(1, "0.9.0", 40);
    assertEquals(List.of(first, second, third, fourth), formats.now());
    formats.remove(20);
    assertEquals(List.of(first, third, fourth), formats.now());
  }
}
