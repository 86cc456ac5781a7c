package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The code of a payload format is replaced while ffmpeg sends AAC to a phone through a bridge, and
 * codec.aac stays as it is.
 */
class PayloadSwapIT {
  private static final String BUNDLE = "payload.mpeg4";
  private static final Duration SAID = Duration.ofSeconds(16);
  private static final Duration WITHIN = Duration.ofSeconds(20);
  private static final int RATE_HZ = 48_000;

  /** ffmpeg sends a frame of silence ahead. */
  private static final int LENGTH_TOLERANCE_MS = 80;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mpeg4-generic", "mp4a-latm"})
  void formatIsReplacedUnderAStream(String encoding) throws IOException {
    try (Platform platform = start(encoding);
        RawSip sip = new RawSip("127.0.0.1", platform.sipPort())) {
      Path first = platform.deployed(BUNDLE);
      Path beside = first.resolveSibling(BUNDLE + "-1.0.1.jar");
      PeerCalls.Outcome outcome =
          new PeerCalls(folder, sip)
              .speak(
                  ffmpeg(encoding),
                  () -> {
                    awaitMedia(platform);
                    SwapIT.copyAs("1.0.1", Platform.bundle(BUNDLE), beside);
                    awaitReceipt(platform, encoding, BUNDLE + " 1.0.1  newer version");
                    delete(beside);
                    awaitReceipt(platform, encoding, BUNDLE + " 1.0.0  the provider has gone");
                  });
      goesOn(outcome);
      String swaps = platform.shell("media:swaps");
      assertFalse(swaps.contains("quarantined"), swaps);
      assertFalse(platform.describe().contains("ERROR"), platform::describe);
      platform.stop();
    }
  }

  /** Without any provider the call goes on with the instances that it has. */
  @Test
  void formatIsDeletedUnderAStream() throws IOException {
    String encoding = "mpeg4-generic";
    try (Platform platform = start(encoding);
        RawSip sip = new RawSip("127.0.0.1", platform.sipPort())) {
      PeerCalls.Outcome outcome =
          new PeerCalls(folder, sip)
              .speak(
                  ffmpeg(encoding),
                  () -> {
                    awaitMedia(platform);
                    delete(platform.deployed(BUNDLE));
                    platform.awaitCodec(encoding, false);
                    Waiting.until(
                        "the codec is told to be without a format",
                        WITHIN,
                        () -> platform.shell("media:codecs").contains("no payload format"),
                        () -> platform.shell("media:codecs"));
                    platform.shell("media:sessions");
                  });
      goesOn(outcome);
      platform.stop();
    }
  }

  private Platform start(String encoding) {
    Peers.FFMPEG.require();
    assumeTrue(
        Platform.ships(BUNDLE) && Platform.ships("codec.aac"), "the distribution has no AAC");
    assumeTrue(PhoneCodecs.ffmpegIsHere(), "media.ffmpeg has no libraries for this machine");
    Platform platform = Platform.start(folder.resolve("home"));
    platform.awaitCodec(encoding, true);
    return platform;
  }

  private static PeerCalls.Speaking ffmpeg(String encoding) {
    String options = "-c:a aac -payload_type 97";
    String[] arguments =
        (encoding.equals("mp4a-latm") ? options + " -rtpflags latm" : options).split(" ");
    return new PeerCalls.Speaking(
        "ffmpeg",
        encoding,
        (in, name, toneHz, port) ->
            RtpPeer.ffmpegDescribes(in, name, tone(toneHz), arguments)
                    .replaceFirst("m=audio \\d+", "m=audio " + port)
                + "a=sendonly\r\n",
        (in, name, toneHz, port, toPort) ->
            RtpPeer.ffmpegSpeaks(in, name, tone(toneHz), port, toPort, arguments));
  }

  private static Recording tone(double toneHz) {
    return Recording.tone(RATE_HZ, toneHz, PeerCalls.PEAK, SAID);
  }

  private static void awaitMedia(Platform platform) {
    Waiting.until(
        "the stream is decoded",
        WITHIN,
        () ->
            platform
                .shell("media:codecs")
                .matches("(?s).*(mpeg4-generic|MP4A-LATM)/48000 [^\\n]* [1-9]\\d*\\s.*"),
        () -> platform.shell("media:codecs"));
  }

  private static void awaitReceipt(Platform platform, String encoding, String text) {
    Waiting.until(
        "a receipt of the change to " + text,
        WITHIN,
        () ->
            platform
                .shell("media:swaps")
                .lines()
                .filter(line -> line.toLowerCase().contains("decoder " + encoding))
                .anyMatch(line -> line.contains("codec.aac 1.0.0 with") && line.contains(text)),
        () -> platform.shell("media:swaps") + platform.describe());
  }

  private static void delete(Path jar) {
    try {
      Files.delete(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void goesOn(PeerCalls.Outcome outcome) {
    ToneJudge.Verdict verdict = outcome.verdict();
    String found = verdict + "\n" + outcome.context();
    assertTrue(outcome.whole(), found);
    assertTrue(verdict.share() > 0.95, found);
    assertEquals(0, verdict.gaps(), found);
    assertEquals(0, verdict.phaseBreaks(), found);
    assertEquals(SAID.toMillis(), verdict.lengthMs(), LENGTH_TOLERANCE_MS, found);
  }
}
