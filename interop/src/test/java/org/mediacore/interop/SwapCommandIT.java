package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles are replaced by command, and what is not the base can be taken out of the platform. */
class SwapCommandIT {
  private static final Duration PART = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(20);
  @TempDir Path folder;

  @Test
  void opusIsSwappedUnderACallAndBack() throws IOException {
    Peers.BARESIP.require();
    try (Platform platform = Platform.start(folder.resolve("home"));
        Baresip phone = Baresip.start(folder, "phone", 425, "opus/48000/1")) {
      awaitArchived(platform, "codec.opus-1.0.0.jar");
      phone.dial(platform.uri("echo"));
      phone.awaitEstablished();
      phone.awaitTone(425, 0.8, PART);
      SwapIT.copyAs("1.0.1", Platform.bundle("codec.opus"), archive(platform, "staged.jar"));

      refusals(platform);
      assertEquals(
          "codec.opus: 1.0.1 deployed, 1.0.0 retired; media:swaps lists what moved",
          platform.shell("media:swap codec.opus 1.0.1").strip());
      awaitReceipts(platform, "codec.opus 1.0.1", 2);
      phone.awaitTone(425, 0.8, phone.heard().length().plus(PART));
      assertTrue(platform.shell("media:swap").matches("(?s).*codec.opus +1.0.1 +running +yes.*"));

      assertEquals(
          "undone: codec.opus: 1.0.0 deployed, 1.0.1 retired; media:swaps lists what moved",
          platform.shell("media:swap --undo").strip());
      awaitReceipts(platform, "codec.opus 1.0.0  the provider has gone", 2);
      phone.awaitTone(425, 0.8, phone.heard().length().plus(PART));
      phone.hangUp();
      phone.awaitClosed();
      Heard.onlyTone(phone, 425, PART.multipliedBy(3));

      String swaps = platform.shell("media:swaps");
      assertFalse(swaps.contains("quarantined"), swaps);
      for (String line : swaps.lines().filter(l -> l.contains("encoder opus")).toList()) {
        assertTrue(line.matches(".*\\s0\\s+960\\s+-\\s+0\\s+0\\s*"), swaps);
      }
      String last = platform.shell("media:swaps -n 1");
      assertEquals(1, last.lines().filter(l -> l.contains("coder opus")).count(), last);
      platform.stop();
    }
  }

  private static void refusals(Platform platform) {
    assertTrue(
        platform
            .shellRefuses("media:swap codec.opus 3.0")
            .contains("unknown version '3.0' of codec.opus; known are 1.0.0, 1.0.1"));
    assertTrue(
        platform
            .shellRefuses("media:swap media.runtime 1.1")
            .contains("media.runtime is part of the base, which is replaced by a restart"));
    assertTrue(
        platform.shellRefuses("media:swap codec.none 1.0").contains("unknown bundle 'codec.none'"));
    assertTrue(platform.shellRefuses("media:swap --undo").contains("there is no change to undo"));
  }

  @Test
  void canaryIsPromotedAndTheOlderVersionRetired() throws IOException {
    Peers.BARESIP.require();
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("conf"));
    Files.writeString(home.resolve("conf/org.mediacore.runtime.cfg"), "swap.canary.seconds = 2\n");
    try (Platform platform = Platform.start(home);
        Baresip phone = Baresip.start(folder, "phone", 425, "opus/48000/1")) {
      phone.dial(platform.uri("echo"));
      phone.awaitEstablished();
      phone.awaitTone(425, 0.8, PART);
      awaitArchived(platform, "codec.opus-1.0.0.jar");
      SwapIT.copyAs("1.0.1", Platform.bundle("codec.opus"), archive(platform, "staged.jar"));

      String said = platform.shell("media:swap codec.opus 1.0.1 --canary 5%");
      assertTrue(said.contains("codec.opus 1.0.1 is tried on 5% of the sessions"), said);
      assertTrue(said.contains("1 sessions, "), said);
      assertTrue(said.contains("\npromoted\n"), said);
      assertTrue(said.contains("codec.opus: 1.0.1 deployed, 1.0.0 retired"), said);
      assertFalse(Files.exists(home.resolve("deploy/codec.opus-1.0.0.jar")));

      phone.awaitTone(425, 0.8, phone.heard().length().plus(PART));
      phone.hangUp();
      phone.awaitClosed();
      Heard.onlyTone(phone, 425, PART.multipliedBy(2));
      platform.stop();
    }
  }

  @Test
  void platformGoesOnWithoutEndpointsTransportAndShell() throws IOException {
    try (Platform platform = Platform.start(folder.resolve("home"));
        RawSip sip = new RawSip("127.0.0.1", platform.sipPort())) {
      Path endpoints = platform.deployed("endpoint.standard");
      Path transport = platform.deployed("transport.udp");
      assertEquals(200, inviteAndHangUp(sip));

      Files.delete(endpoints);
      awaitAnswer(platform, sip, 503);
      Files.copy(Platform.bundle("endpoint.standard"), endpoints);
      awaitAnswer(platform, sip, 200);
      Files.delete(transport);
      awaitAnswer(platform, sip, 488);
      Files.copy(Platform.bundle("transport.udp"), transport);
      awaitAnswer(platform, sip, 200);

      String ended = platform.shellRefuses("media:swap --undo; media:swap console.shell 9");
      assertTrue(ended.contains("there is no change to undo"), ended);
      SwapIT.copyAs("1.0.1", Platform.bundle("console.shell"), archive(platform, "shell.jar"));
      ended = platform.shellRefuses("media:swap console.shell 1.0.1");
      assertTrue(ended.contains("this shell has ended"), ended);
      assertTrue(
          platform.shell("media:swap").matches("(?s).*console.shell +1.0.1 +running +yes.*"));
      platform.stop();
    }
  }

  private static int inviteAndHangUp(RawSip sip) {
    RawSip.Call call = sip.call("echo");
    int status = call.invite(sip.offer()).status();
    if (status == 200) {
      assertEquals(200, call.bye().status());
    }
    return status;
  }

  private static void awaitAnswer(Platform platform, RawSip sip, int status) {
    Waiting.until(
        "an INVITE answered with " + status,
        SOON,
        () -> inviteAndHangUp(sip) == status,
        platform::describe);
  }

  private static Path archive(Platform platform, String name) {
    return platform.data().resolve("bundles").resolve(name);
  }

  private static void awaitArchived(Platform platform, String name) {
    Waiting.until(
        name + " in the archive",
        SOON,
        () -> Files.exists(archive(platform, name)),
        platform::describe);
  }

  private static void awaitReceipts(Platform platform, String text, int count) {
    Waiting.until(
        count + " swaps to " + text,
        SOON,
        () ->
            platform
                    .shell("media:swaps")
                    .lines()
                    .filter(line -> line.contains("coder opus") && line.contains(text))
                    .count()
                >= count,
        platform::describe);
  }
}
