package org.mediacore.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadOptionsTest {
  @Test
  void defaultsAreTenBridgesOfPcmu() {
    LoadOptions options = LoadOptions.parse();
    assertEquals(20, options.legs());
    assertEquals("bridge-load1", options.user(3));
    assertEquals(2, options.source(3));
    assertEquals(MediaCodec.PCMU, options.codec(3));
  }

  @Test
  void roomsAreFilledInOrderAndCodecsTakeTurns() {
    LoadOptions options =
        LoadOptions.parse(
            "--mode", "room", "--calls", "7", "--room-size", "3", "--codec", "pcmu,opus");
    assertEquals(7, options.legs());
    assertEquals("conf-load2", options.user(6));
    assertEquals(-1, options.source(6));
    assertEquals(List.of(MediaCodec.PCMU, MediaCodec.OPUS), options.codecs());
    assertEquals(MediaCodec.OPUS, options.codec(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nosuch 1",
        "--calls 0",
        "--calls x",
        "--mode party",
        "--codec mp3",
        "--sip 5060",
        "--sip a:b",
        "--calls"
      })
  void wrongOptionIsNamed(String line) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> LoadOptions.parse(line.split(" ")))
            .getMessage();
    assertTrue(message.startsWith(line.split(" ")[0]), message);
  }
}
