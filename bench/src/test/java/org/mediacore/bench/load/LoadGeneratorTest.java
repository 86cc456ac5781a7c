package org.mediacore.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The generator against a platform whose faults are known. */
class LoadGeneratorTest {
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({"bridge, pcmu, 20", "echo, pcma, 10"})
  void everythingComesBack(String mode, String codec, int legs) throws IOException {
    try (FakePlatform platform = new FakePlatform(0, 0)) {
      LoadReport report = run(platform, "--mode", mode, "--codec", codec);
      assertEquals(legs, report.values().get("legs"));
      assertEquals(0L, report.values().get("lost"));
      assertEquals(0L, report.values().get("duplicates"));
      assertEquals(0L, report.values().get("sequence_gaps"));
      assertEquals(0L, report.values().get("silent_legs"));
      assertEquals(0L, report.values().get("unknown_packets"));
      assertEquals(legs * 50.0, (double) report.values().get("sent_per_s"), legs * 2);
      assertTrue((double) report.values().get("latency_p50_us") > 1, report::lines);
      assertEquals(legs, platform.byes());
    }
  }

  @Test
  void everyLostPacketIsCountedOnce() throws IOException {
    try (FakePlatform platform = new FakePlatform(7, 0)) {
      LoadReport report = run(platform);
      long sent = (long) report.values().get("sent");
      long lost = (long) report.values().get("lost");
      assertEquals(sent / 7.0, lost, 2);
      assertEquals(lost, (long) report.values().get("sequence_missing"), 20);
    }
  }

  @Test
  void everySecondCopyIsCounted() throws IOException {
    try (FakePlatform platform = new FakePlatform(0, 10)) {
      LoadReport report = run(platform);
      assertEquals(0L, report.values().get("lost"));
      double expected = (long) report.values().get("sent") / 10.0;
      assertEquals(expected, (long) report.values().get("duplicates"), 2);
      assertEquals(0L, report.values().get("sequence_gaps"));
    }
  }

  @Test
  void mixedSoundHasNoExpectedPackets() throws IOException {
    try (FakePlatform platform = new FakePlatform(0, 0)) {
      LoadReport report = run(platform, "--mode", "room");
      assertEquals(0L, report.values().get("silent_legs"));
      assertEquals(0L, report.values().get("sequence_gaps"));
    }
  }

  @Test
  void refusedCallIsNamedAndTheOthersAreEnded() throws IOException {
    try (FakePlatform platform = new FakePlatform(0, 0);
        SipClient first = new SipClient("127.0.0.1", LoadOptions.parse(at(platform)).sip())) {
      first.add("bridge-load1", MediaCodec.PCMU.offer("127.0.0.1", 9));
      first.establish(100);
      IOException refused = assertThrows(IOException.class, () -> run(platform));
      assertEquals("leg 3 (bridge-load1): 486 Busy Here", refused.getMessage());
      assertEquals(0, first.hangUp());
      assertTrue(platform.byes() >= 4, "ended " + platform.byes());
    }
  }

  @Test
  void jsonHasEveryValueOnOneLine() throws IOException {
    try (FakePlatform platform = new FakePlatform(0, 0)) {
      String json = run(platform).json();
      assertTrue(json.startsWith("{\"mode\":\"bridge\",\"codecs\":\"[pcmu]\",\"legs\":20,"), json);
      assertTrue(json.contains("\"lost\":0,"), json);
      assertFalse(json.contains("\n"), json);
    }
  }

  private static String[] at(FakePlatform platform) throws IOException {
    return new String[] {"--sip", platform.address()};
  }

  private LoadReport run(FakePlatform platform, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(at(platform)));
    arguments.addAll(List.of("--seconds", "1", "--warmup", "0", "--rate", "2000"));
    arguments.addAll(List.of(more));
    LoadOptions options = LoadOptions.parse(arguments.toArray(new String[0]));
    return new LoadGenerator(options, new PrintStream(told, true, StandardCharsets.UTF_8)).run();
  }
}
