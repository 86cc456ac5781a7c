package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.CodecParameters;

/**
 * Speech in Opus with deep redundancy (DRED), of whose packets three in a row are lost time and
 * again: what is heard at the other end of a bridge and in a room.
 */
class DeepRedundancyIT {
  private static final int BURST = 3;
  private static final int FRAME_MS = 20;
  private static final Duration AT_MOST = Duration.ofSeconds(30);

  /** Four packets come, one is lost, in bursts. */
  private static final IntPredicate LOST = packet -> packet % (5 * BURST) >= 4 * BURST;

  /** Longer than a burst: when it is missed, the packet behind it is here. */
  private static final int JITTER_MS = 120;

  @TempDir Path folder;
  private Recording speech;
  private PhoneCodec opus;
  private int losses;

  @BeforeEach
  void prepare() throws Exception {
    speech = speech();
    opus = PhoneCodecs.opus(folder, Map.of("dred", 200, "fec", false, "loss", 20));
    CodecParameters agreed = opus.agree(opus.fmtp());
    List<ByteBuffer> packets = RtpTone.encode(opus, agreed, speech);
    for (int i = 0; i < packets.size(); i++) {
      losses += LOST.test(i) ? 1 : 0;
    }
    losses -= losses % BURST; // one that is not over tells nothing
    requireRedundancy(agreed, packets.get(4 * BURST + BURST).position(12));
  }

  private void requireRedundancy(CodecParameters agreed, ByteBuffer payload) throws Exception {
    short[] pcm = new short[agreed.samplesPerFrame()];
    try (AudioDecoder decoder = opus.factory().createDecoder(agreed)) {
      int status = decoder.recover(payload, pcm.length, pcm.length, pcm, 0);
      assumeTrue(status > 0, "no libopus with deep redundancy for this machine");
    }
  }

  private static Recording speech() {
    String configured = System.getenv("MEDIACORE_VECTORS");
    Path root = Path.of(configured == null ? "../../shared/vectors" : configured);
    Path from = root.resolve("speech/alsa-48k");
    assumeTrue(Files.isDirectory(from), "set MEDIACORE_VECTORS to the reference data: no " + from);
    return Stream.of("Front_Center", "Front_Left", "Rear_Right")
        .map(name -> Recording.read(from.resolve(name + ".wav")))
        .reduce(Recording::then)
        .orElseThrow();
  }

  /** What a way through the platform does to the lost frames, in dB, and what it made up. */
  private record Outcome(double bridgeDb, double roomDb, long bridgeConcealed) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "bridge %.1f dB with %d samples concealed, room %.1f dB",
          bridgeDb,
          bridgeConcealed,
          roomDb);
    }
  }

  @Test
  void burstsAreRestored() throws Exception {
    Outcome without = run("without", "dred = 0");
    Outcome with = run("with", "dred = 200");
    String found = "without: " + without + "; with: " + with;
    System.out.println("lost in bursts of " + BURST + ", distance from the whole, " + found);
    assertEquals(losses * 960L, without.bridgeConcealed(), found);
    assertTrue(with.bridgeConcealed() < without.bridgeConcealed() / 10, found);
    assertTrue(with.bridgeDb() < without.bridgeDb() - 2, found);
    assertTrue(with.roomDb() < without.roomDb() - 2, found);
  }

  private Outcome run(String name, String setting) throws IOException {
    Path home = folder.resolve(name);
    Path conf = Files.createDirectories(home.resolve("conf"));
    Files.writeString(conf.resolve("org.mediacore.codec.opus.cfg"), setting + "\n");
    Files.writeString(conf.resolve("org.mediacore.runtime.cfg"), "jitter.ms = " + JITTER_MS + "\n");
    try (Platform platform = Platform.start(home);
        RawSip sip = new RawSip("127.0.0.1", platform.sipPort())) {
      platform.awaitCodec("opus", true);
      List<Phone> phones = new ArrayList<>();
      try {
        for (String user : List.of("bridge-whole", "bridge-lossy", "conf-whole", "conf-lossy")) {
          phones.addAll(call(user, sip));
        }
        Conversation.runInRoom(phones, AT_MOST);
        long concealed = concealedInBridges(platform);
        phones.forEach(Phone::hangUp);
        double bridgeDb = distance(phones.get(1), phones.get(3));
        double roomDb = distance(phones.get(5), phones.get(7));
        platform.stop();
        return new Outcome(bridgeDb, roomDb, concealed);
      } finally {
        phones.forEach(Phone::close);
      }
    }
  }

  /** Who talks, and who listens. */
  private List<Phone> call(String user, RawSip sip) {
    Phone talker = new Phone(opus, sip);
    Phone listener = new Phone(PhoneCodecs.wideband(), sip);
    listener.dial(user);
    talker.dial(user);
    talker.prepare(speech, user.endsWith("lossy") ? LOST : packet -> false);
    return List.of(talker, listener);
  }

  private static long concealedInBridges(Platform platform) {
    return platform
        .shell("media:sessions")
        .lines()
        .filter(line -> line.contains("opus") && line.contains("transcode"))
        .map(line -> platform.shell("media:stats " + line.trim().split(" +")[0]))
        .flatMap(String::lines)
        .filter(line -> line.startsWith("samples concealed"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private double distance(Phone whole, Phone lossy) {
    return new BurstDistance(whole.heard().heard(), lossy.heard().heard())
        .meanDb(speech, LOST, BURST, FRAME_MS);
  }
}
