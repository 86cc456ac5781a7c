package org.mediacore.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @TempDir Path home;

  private Options parse(String... arguments) throws UsageException {
    return Options.parse(List.of(arguments));
  }

  @Test
  void defaultsAreEmptyAndHomeIsHere() throws UsageException {
    Options options = parse();
    assertEquals(Path.of("home").toAbsolutePath(), options.home());
    assertEquals(Map.of(), options.overrides());
    assertFalse(options.realTime());
    assertFalse(options.awake());
  }

  @Test
  void realTimeIsASwitch() throws UsageException {
    assertTrue(parse("--realtime", "--loops", "1").realTime());
    UsageException wrong = assertThrows(UsageException.class, () -> parse("--realtime=no"));
    assertEquals("--realtime has no value", wrong.getMessage());
  }

  @Test
  void awakeIsASwitch() throws UsageException {
    assertTrue(parse("--awake").awake());
    assertFalse(parse("--awake").realTime());
    UsageException wrong = assertThrows(UsageException.class, () -> parse("--awake=1"));
    assertEquals("--awake has no value", wrong.getMessage());
  }

  @Test
  void valuesFollowOrStandBehindAnEqualsSign() throws UsageException {
    Options options =
        parse(
            "--home",
            home.toString(),
            "--sip=127.0.0.2:5070",
            "--rtp",
            "[::1]:4000-4999",
            "--allow=10.0.0.0/8,2001:db8::/32",
            "--loops",
            "2");
    assertEquals(home, options.home());
    assertEquals(
        Map.of(
            "org.mediacore.signaling.sip/listen", "127.0.0.2:5070",
            "org.mediacore.signaling.sip/allow", "10.0.0.0/8,2001:db8::/32",
            "org.mediacore.runtime/rtp", "[::1]:4000-4999",
            "org.mediacore.runtime/loops", "2"),
        options.overrides());
  }

  @ParameterizedTest
  @CsvSource({
    "--sip, 127.0.0.1",
    "--sip, 127.0.0.256:5060",
    "--sip, localhost:5060",
    "--sip, 127.0.0.1:0",
    "--sip, 127.0.0.1:65536",
    "--sip, ::1:5060",
    "--sip, 0.0.0.0:5060",
    "--sip, [::]:5060",
    "--rtp, 0.0.0.0:20000-29999",
    "--rtp, [::]:20000-29999",
    "--rtp, 127.0.0.1:1000-1100",
    "--rtp, [1:::::2]:20000-29999",
    "--sip, [1:::::2]:5060",
    "--allow, :::::",
    "--rtp, 127.0.0.1:20000",
    "--rtp, 127.0.0.1:30000-20000",
    "--rtp, 127.0.0.1:1-70000",
    "--allow, 10.0.0.0/33",
    "--allow, ten",
    "'--allow', '10.0.0.0/8,'",
    "--loops, 0",
    "--loops, 257",
    "--loops, two",
    "--home, ''",
  })
  void wrongValueIsNamedWithItsOption(String option, String value) {
    UsageException e = assertThrows(UsageException.class, () -> parse(option, value));
    assertTrue(e.getMessage().startsWith(option + " '"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "-x", "run", "--sipp=1"})
  void unknownOptionIsRefused(String argument) {
    UsageException e = assertThrows(UsageException.class, () -> parse(argument));
    assertEquals("unknown option '" + argument + "'", e.getMessage());
  }

  @Test
  void valueMayNotBeMissing() {
    UsageException e = assertThrows(UsageException.class, () -> parse("--loops"));
    assertEquals("--loops needs a value", e.getMessage());
  }

  @Test
  void addressThatOthersReachNeedsAllowHereOrInItsFile() throws Exception {
    String[] open = {"--home", home.toString(), "--sip", "192.0.2.1:5060"};
    assertThrows(UsageException.class, () -> parse(open));
    assertEquals(1, parse(open[0], open[1], "--sip", "[::1]:5060").overrides().size());
    assertEquals(
        2, parse(open[0], open[1], open[2], open[3], "--allow", "192.0.2.0/24").overrides().size());
    Files.createDirectories(home.resolve("conf"));
    Files.writeString(home.resolve("conf/org.mediacore.signaling.sip.cfg"), "allow = 10.0.0.0/8");
    assertEquals(1, parse(open).overrides().size());
  }
}
