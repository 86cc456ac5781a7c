package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ffmpeg and GStreamer as RTP peers by a session description, each way. */
class RtpPeerIT {
  private static final double LEAST_SHARE = 0.95;
  private static final double LEVEL_DBFS = 20 * Math.log10(PeerCalls.PEAK) - 10 * Math.log10(2);
  private static final double LEVEL_TOLERANCE_DB = 1.5;
  private static final double AMR_LEVEL_TOLERANCE_DB = 2.5;
  private static final int RTP_HEADER_AND_REQUEST = 13;

  /** As it is by default: it fills its packets, with up to 0.7 s. */
  private static final String AAC_FROM_FFMPEG = "-c:a aac -payload_type 97";

  private static final String HIGH_BIT_RATE =
      "mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=";

  /** ffmpeg sends a frame of silence ahead of AAC: 64 ms at 16 kHz. */
  private static final int LENGTH_TOLERANCE_MS = 80;

  private static final double NEXT_TONE_HZ = 2_025;
  private static final Duration NEXT_TONE = Duration.ofSeconds(1);

  private static final List<PeerCalls.Outcome> OUTCOMES = new ArrayList<>();

  @TempDir static Path folder;
  private static Platform platform;
  private static RawSip sip;
  private static PeerCalls calls;
  private static boolean aacIsSent;

  @BeforeAll
  static void start() {
    Path home = folder.resolve("home");
    Fdk.configure(home);
    platform = Platform.start(home);
    sip = new RawSip("127.0.0.1", platform.sipPort());
    calls = new PeerCalls(folder, sip);
    if (PhoneCodecs.ffmpegIsHere() && Platform.ships("codec.amr")) {
      platform.awaitCodec("amr-wb", true); // its libraries are loaded behind the start
      if (Platform.ships("codec.aac")) {
        platform.awaitCodec("mp4a-latm", true);
        aacIsSent = Fdk.isFoundBy(platform);
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    if (platform != null) {
      try (Platform stopped = platform;
          RawSip closed = sip) {
        stopped.stop();
      }
    }
    if (InteropPage.isWanted() && !OUTCOMES.isEmpty()) {
      InteropPage.write("peers", markdown());
    }
  }

  @Test
  void ffmpegHearsUs() {
    Peers.FFMPEG.require();
    judge(
        calls.listen(
            List.of(
                toFfmpeg("G722", 16_000, "9 G722/8000", ""),
                toFfmpeg("L16/16000", 16_000, "97 L16/16000", ""),
                toFfmpeg("L16/44100", 44_100, "11 L16/44100", ""),
                toFfmpeg("iLBC 20 ms", 8_000, "97 iLBC/8000", "mode=20"),
                toFfmpeg("iLBC 30 ms", 8_000, "97 iLBC/8000", "mode=30"))));
  }

  @Test
  void ffmpegHearsOurAmr() {
    Peers.FFMPEG.require();
    requireAmr();
    List<PhoneCodec> amr = PhoneCodecs.onFfmpeg();
    double[] levelsDbfs = {
      levelOfFile(amr.get(0), "#!AMR\n", PeerCalls.toneHz(0)),
      levelOfFile(amr.get(2).with("octet-align", "1"), "#!AMR-WB\n", PeerCalls.toneHz(1))
    };
    List<PeerCalls.Outcome> outcomes =
        calls.listen(
            List.of(
                toFfmpeg("AMR mode 7", 8_000, "97 AMR/8000", "octet-align=1"),
                toFfmpeg("AMR-WB mode 8", 16_000, "97 AMR-WB/16000", "octet-align=1")));
    OUTCOMES.addAll(outcomes);
    assertAll(
        IntStream.range(0, levelsDbfs.length)
            .mapToObj(i -> () -> judge(outcomes.get(i), levelsDbfs[i], AMR_LEVEL_TOLERANCE_DB)));
  }

  /**
   * The level at which ffmpeg decodes a tone from a file. Its AMR decoders make tones softer, by
   * two and by three to five dB; those of OpenCORE do not.
   *
   * @param amr octet-aligned: behind the mode request, a payload is a frame of a file (RFC 4867 §5)
   */
  private static double levelOfFile(PhoneCodec amr, String magic, double toneHz) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
    for (ByteBuffer packet :
        RtpTone.encode(amr, amr.agree(amr.fmtp()), toneHz, PeerCalls.PEAK, PeerCalls.CALL)) {
      file.write(packet.array(), RTP_HEADER_AND_REQUEST, packet.limit() - RTP_HEADER_AND_REQUEST);
    }
    String name = amr.descriptor().encoding() + "-file";
    try {
      Path coded = Files.write(folder.resolve(name + ".amr"), file.toByteArray());
      return ToneJudge.judge(RtpPeer.ffmpegDecodes(folder, name, coded), toneHz).levelDbfs();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PeerCalls.Listening toFfmpeg(String codec, int rateHz, String map, String fmtp) {
    return new PeerCalls.Listening("ffmpeg", codec, rateHz, map, fmtp, RtpPeer::ffmpegListens);
  }

  @Test
  void weHearFfmpeg() {
    Peers.FFMPEG.require();
    judge(
        calls.speak(
            List.of(
                fromFfmpeg("PCMU", 8_000, "-c:a pcm_mulaw"),
                fromFfmpeg("G722", 16_000, "-c:a g722"),
                fromFfmpeg("L16/16000", 16_000, "-c:a pcm_s16be -payload_type 97"))));
  }

  @Test
  void weHearFfmpegsAac() {
    Peers.FFMPEG.require();
    requireAac();
    judge(
        calls.speak(
            List.of(
                fromFfmpeg("AAC-LC 48 kHz", 48_000, AAC_FROM_FFMPEG),
                fromFfmpeg("AAC-LC 44.1 kHz", 44_100, AAC_FROM_FFMPEG),
                fromFfmpeg("AAC-LC 16 kHz", 16_000, AAC_FROM_FFMPEG),
                fromFfmpeg("AAC-LC 48 kHz, 24 kbit/s", 48_000, AAC_FROM_FFMPEG + " -b:a 24k"),
                fromFfmpeg(
                    "AAC-LC 48 kHz, LATM", 48_000, AAC_FROM_FFMPEG + " -b:a 64k -rtpflags latm"),
                fromFfmpeg(
                    "AAC-LC 16 kHz, LATM", 16_000, AAC_FROM_FFMPEG + " -b:a 32k -rtpflags latm"))));
  }

  /** What of RFC 6416 is not done is refused, and the caller told why. */
  @Test
  void latmOfOtherKindsIsRefused() {
    requireAac();
    assertRefused("97 MP4A-LATM/90000", "cpresent=0;config=40002310", "known is /48000");
    assertRefused("97 MP4A-LATM/48000", "", "with cpresent=1, the default");
  }

  private static void assertRefused(String map, String fmtp, String why) {
    RawSip.Message answer =
        sip.call("conf-latm").invite(sip.offer(PeerCalls.media(40_000, map, fmtp, "sendonly")));
    assertEquals(488, answer.status(), answer::text);
    assertTrue(answer.text().contains(why), answer::text);
  }

  /** In a room a clock pulls what was sent: one packet after the other, without a gap. */
  @Test
  void roomsHearFfmpegsAac() {
    Peers.FFMPEG.require();
    requireAac();
    judge(
        new PeerCalls(folder, sip, true)
            .speak(
                List.of(
                    fromFfmpeg("AAC-LC 48 kHz, in a room", 48_000, AAC_FROM_FFMPEG),
                    fromFfmpeg("AAC-LC 44.1 kHz, in a room", 44_100, AAC_FROM_FFMPEG),
                    fromFfmpeg("AAC-LC 16 kHz, in a room", 16_000, AAC_FROM_FFMPEG),
                    fromFfmpeg(
                        "AAC-LC 48 kHz, 24 kbit/s, in a room",
                        48_000,
                        AAC_FROM_FFMPEG + " -b:a 24k"))));
  }

  @Test
  void weHearGStreamersAac() {
    GStreamer.AAC_ENCODERS.require();
    requireAac();
    judge(
        calls.speak(
            List.of(
                aacFromGStreamer(
                    "AAC-LC 48 kHz, LATM",
                    "97 MP4A-LATM/48000",
                    "cpresent=0;config=40002310",
                    "rtpmp4apay"),
                aacFromGStreamer(
                    "AAC-LC 48 kHz",
                    "97 mpeg4-generic/48000",
                    HIGH_BIT_RATE + "1188",
                    "rtpmp4gpay"))));
  }

  private static PeerCalls.Speaking aacFromGStreamer(
      String codec, String map, String fmtp, String payloader) {
    long frames = PeerCalls.CALL.toMillis() * 48 / 1_024;
    return new PeerCalls.Speaking(
        "GStreamer",
        codec,
        (in, name, toneHz, port) -> sip.offer(PeerCalls.media(port, map, fmtp, "sendonly")),
        (in, name, toneHz, port, toPort) ->
            RtpPeer.gstreamerSpeaks(
                in,
                name,
                port,
                toPort,
                ("audiotestsrc is-live=true samplesperbuffer=1024 num-buffers=" + frames)
                    + (" freq=" + toneHz + " volume=" + PeerCalls.PEAK)
                    + " ! audio/x-raw,rate=48000,channels=1,format=S16LE ! voaacenc bitrate=64000"
                    + (" ! " + payloader + " pt=97")));
  }

  @Test
  void ffmpegHearsOurAac() {
    Peers.FFMPEG.require();
    requireAac();
    Fdk.require(aacIsSent);
    judge(
        calls.listen(
            List.of(
                toFfmpeg(
                    "AAC-ELD 48 kHz", 48_000, "97 mpeg4-generic/48000", HIGH_BIT_RATE + "F8E63000"),
                toFfmpeg(
                    "AAC-ELD 24 kHz", 24_000, "97 mpeg4-generic/24000", HIGH_BIT_RATE + "F8EC3000"),
                toFfmpeg(
                    "AAC-LD 32 kHz", 32_000, "97 mpeg4-generic/32000", HIGH_BIT_RATE + "BA8900"),
                toFfmpeg(
                    "AAC-ELD 48 kHz, LATM",
                    48_000,
                    "97 MP4A-LATM/48000",
                    "cpresent=0;config=4001F1CC6000FF00"))));
  }

  private static PeerCalls.Speaking fromFfmpeg(String codec, int rateHz, String options) {
    String[] arguments = options.split(" ");
    return new PeerCalls.Speaking(
        "ffmpeg",
        codec,
        (in, name, toneHz, port) ->
            RtpPeer.ffmpegDescribes(in, name, tone(rateHz, toneHz), arguments)
                    .replaceFirst("m=audio \\d+", "m=audio " + port)
                + "a=sendonly\r\n",
        (in, name, toneHz, port, toPort) ->
            RtpPeer.ffmpegSpeaks(in, name, tone(rateHz, toneHz), port, toPort, arguments));
  }

  /**
   * A tone, and another one behind it: what ffmpeg has gathered for its last packet when a file
   * ends, it does not send.
   */
  private static Recording tone(int rateHz, double toneHz) {
    return Recording.tone(rateHz, toneHz, PeerCalls.PEAK, PeerCalls.CALL)
        .then(Recording.tone(rateHz, NEXT_TONE_HZ, PeerCalls.PEAK, NEXT_TONE));
  }

  @Test
  void gstreamerHearsEveryModeOfAmr() {
    GStreamer.AMR_DECODERS.require();
    requireAmr();
    judge(
        calls.listen(
            Amr.all()
                .map(
                    amr ->
                        new PeerCalls.Listening(
                            "GStreamer",
                            amr.toString(),
                            amr.rateHz(),
                            "97 " + amr.rtpmap(),
                            "octet-align=1;mode-set=" + amr.mode(),
                            (in, name, sdp) ->
                                RtpPeer.gstreamerListens(in, name, sdp, amr.decoder())))
                .toList()));
  }

  @Test
  void weHearEveryModeOfAmrOfGStreamer() {
    GStreamer.AMR_ENCODERS.require();
    requireAmr();
    judge(calls.speak(Amr.all().map(RtpPeerIT::fromGStreamer).toList()));
  }

  private static PeerCalls.Speaking fromGStreamer(Amr amr) {
    return new PeerCalls.Speaking(
        "GStreamer",
        amr.toString(),
        (in, name, toneHz, port) ->
            sip.offer(PeerCalls.media(port, "97 " + amr.rtpmap(), "octet-align=1", "sendonly")),
        (in, name, toneHz, port, toPort) ->
            RtpPeer.gstreamerSpeaks(in, name, port, toPort, amr.source(toneHz)));
  }

  /**
   * A codec and mode for GStreamer.
   *
   * @param mode 0 is the lowest
   */
  private record Amr(boolean wide, int mode) {
    static Stream<Amr> all() {
      return Stream.concat(
          IntStream.range(0, 8).mapToObj(mode -> new Amr(false, mode)),
          IntStream.range(0, 9).mapToObj(mode -> new Amr(true, mode)));
    }

    int rateHz() {
      return wide ? 16_000 : 8_000;
    }

    String rtpmap() {
      return (wide ? "AMR-WB/" : "AMR/") + rateHz();
    }

    String decoder() {
      return "rtpamrdepay ! " + (wide ? "amrwbdec" : "amrnbdec");
    }

    String source(double toneHz) {
      int samples = rateHz() / 50;
      return ("audiotestsrc is-live=true num-buffers=" + PeerCalls.CALL.toMillis() / 20)
          + (" samplesperbuffer=" + samples + " freq=" + toneHz + " volume=" + PeerCalls.PEAK)
          + (" ! audio/x-raw,rate=" + rateHz() + ",channels=1,format=S16LE ! ")
          + ((wide ? "voamrwbenc" : "amrnbenc") + " band-mode=" + mode + " ! rtpamrpay pt=97");
    }

    @Override
    public String toString() {
      return (wide ? "AMR-WB mode " : "AMR mode ") + mode;
    }
  }

  private static void requireAac() {
    requireFfmpegBundle("codec.aac");
    requireFfmpegBundle("payload.mpeg4");
  }

  private static void requireAmr() {
    requireFfmpegBundle("codec.amr");
  }

  private static void requireFfmpegBundle(String codec) {
    assumeTrue(Platform.ships(codec), "the distribution is without " + codec);
    assumeTrue(PhoneCodecs.ffmpegIsHere(), "media.ffmpeg has no libraries for this machine");
  }

  private static void judge(List<PeerCalls.Outcome> outcomes) {
    OUTCOMES.addAll(outcomes);
    assertAll(
        outcomes.stream().map(outcome -> () -> judge(outcome, LEVEL_DBFS, LEVEL_TOLERANCE_DB)));
    assertFalse(platform.describe().contains("ERROR"), platform::describe);
  }

  private static void judge(PeerCalls.Outcome outcome, double levelDbfs, double toleranceDb) {
    ToneJudge.Verdict verdict = outcome.verdict();
    String found =
        (outcome.codec() + (outcome.weSend() ? " to " : " from ") + outcome.program())
            + (", " + outcome.toneHz() + " Hz: " + verdict + "\n" + outcome.context());
    assertTrue(outcome.whole(), found);
    assertTrue(verdict.share() > LEAST_SHARE, found);
    assertEquals(0, verdict.gaps(), found);
    assertEquals(0, verdict.phaseBreaks(), found);
    assertEquals(levelDbfs, verdict.levelDbfs(), toleranceDb, found);
    assertEquals(PeerCalls.CALL.toMillis(), verdict.lengthMs(), LENGTH_TOLERANCE_MS, found);
  }

  private static String markdown() {
    StringBuilder text =
        new StringBuilder("| codec | sent by | heard by | share | ms of 3000 | level |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (PeerCalls.Outcome outcome : OUTCOMES) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %.1f | %d | %.1f |%n",
              outcome.codec(),
              outcome.weSend() ? "us" : outcome.program(),
              outcome.weSend() ? outcome.program() : "us",
              100 * outcome.verdict().share(),
              outcome.verdict().lengthMs(),
              outcome.verdict().levelDbfs()));
    }
    return text.toString();
  }
}
