package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;
import static org.mediacore.runtime.sim.SimulatedPlatform.L16;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.runtime.session.RuntimeSettings;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;

/** What pipelines ask of a decoder whose payloads tell of audio further back than one frame. */
class GapRecoveryTest {
  private static final InetSocketAddress FIRST_PHONE = new InetSocketAddress("198.51.100.1", 4000);
  private static final int FRAME = 160;

  private final Redundant codec = new Redundant();

  /** A piece of a gap as a decoder is asked for it, and whether it was recovered. */
  private record Piece(int samplesToNext, int samples, boolean recovered) {}

  private static Piece recovered(int samplesToNext, int samples) {
    return new Piece(samplesToNext, samples, true);
  }

  /** A gap of so many frames, each of them recovered, in order. */
  private static List<Piece> everyFrame(int lost) {
    List<Piece> pieces = new ArrayList<>();
    for (int behind = lost - 1; behind >= 0; behind--) {
      pieces.add(recovered(behind * FRAME, FRAME));
    }
    return pieces;
  }

  private static Piece refused(int samplesToNext, int samples) {
    return new Piece(samplesToNext, samples, false);
  }

  /** PCMU whose payloads are taken to tell of what was before them. */
  private static final class Redundant extends WrappedCodec {
    private final List<Piece> asked = new ArrayList<>();
    private int reach = Integer.MAX_VALUE;
    private int concealed;
    private byte[] next;

    Redundant() {
      super(G711);
    }

    @Override
    public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
      return new Decoder(real.createDecoder(parameters));
    }

    private final class Decoder implements AudioDecoder {
      private final AudioDecoder decoder;

      Decoder(AudioDecoder decoder) {
        this.decoder = decoder;
      }

      @Override
      public int decode(ByteBuffer payload, short[] pcm, int offset) {
        if (next != null) {
          assertEquals(ByteBuffer.wrap(next), payload, "decoded behind the gap");
          next = null;
        }
        return decoder.decode(payload, pcm, offset);
      }

      @Override
      public int samplesIn(ByteBuffer payload) {
        return decoder.samplesIn(payload);
      }

      @Override
      public int conceal(int samples, short[] pcm, int offset) {
        concealed += samples;
        return decoder.conceal(samples, pcm, offset);
      }

      @Override
      public int recover(
          ByteBuffer payload, int samplesToNext, int samples, short[] pcm, int offset) {
        byte[] content = new byte[payload.remaining()];
        payload.get(payload.position(), content);
        assertTrue(
            next == null || ByteBuffer.wrap(next).equals(payload), "another payload in one gap");
        next = content;
        boolean reaches = samplesToNext + samples <= reach;
        asked.add(new Piece(samplesToNext, samples, reaches));
        return reaches ? decoder.conceal(samples, pcm, offset) : MediaStatus.UNSUPPORTED;
      }

      @Override
      public void close() {
        decoder.close();
      }
    }
  }

  private SimulatedPlatform platform(int jitterDelayMs) throws Exception {
    RuntimeSettings usual = RuntimeSettings.DEFAULT;
    RuntimeSettings settings =
        new RuntimeSettings(
            usual.codecs(),
            usual.maxSessions(),
            jitterDelayMs,
            usual.inactivityMs(),
            usual.latchPolicy(),
            usual.processing(),
            usual.swapTimes());
    SimulatedPlatform platform = new SimulatedPlatform(7198, Impairment.NONE, settings);
    platform.replace(G711, codec, "codec.redundant");
    return platform;
  }

  private SimulatedPhone talker(SimulatedPlatform platform) throws Exception {
    return platform.phone(G711, "PCMU/8000", 0, 440);
  }

  private static SimulatedPhone listener(SimulatedPlatform platform) throws Exception {
    return platform.phone(L16, "L16/16000", 100, 1000);
  }

  private static long concealed(MediaSession session) {
    return session.report().streams().get(0).statistics().samplesConcealed();
  }

  /** A call that loses packets of a second, and what came out of it at the other end. */
  private MediaSession bridge(int lost) throws Exception {
    SimulatedPlatform platform = platform(40);
    MediaSession session = platform.answer(talker(platform));
    SimulatedPhone listener = listener(platform);
    session.connect(platform.answer(listener), ConnectOptions.DEFAULT);
    lose(platform, lost);
    assertEquals("transcode", session.report().drive());
    assertSeamless(listener, 1_000);
    return session;
  }

  private MediaSession room(int jitterDelayMs, int lost) throws Exception {
    SimulatedPlatform platform = platform(jitterDelayMs);
    RoomOptions options = new RoomOptions("x", 10);
    MediaSession session = platform.answer(talker(platform));
    session.connect(platform.manager().room(options), ConnectOptions.DEFAULT);
    SimulatedPhone listener = listener(platform);
    platform.answer(listener).connect(platform.manager().room(options), ConnectOptions.DEFAULT);
    lose(platform, lost);
    assertEquals("clocked", session.report().drive());
    assertSeamless(listener, 1_000);
    return session;
  }

  private void lose(SimulatedPlatform platform, int lost) throws Exception {
    platform.run(500);
    platform.network().lose(FIRST_PHONE, lost);
    codec.concealed = 0;
    platform.run(500);
  }

  private static void assertSeamless(SimulatedPhone phone, int ms) {
    for (int i = 1; i < phone.received().size(); i++) {
      int step = phone.received().get(i).timestamp() - phone.received().get(i - 1).timestamp();
      assertEquals(320, step, "timestamp at " + i);
    }
    assertTrue(phone.received().size() >= ms / 20 - 6, phone.received().size() + " packets");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void bridgeAsksForEveryFrameOfAGap(int lost) throws Exception {
    MediaSession session = bridge(lost);
    assertEquals(everyFrame(lost), codec.asked);
    assertEquals(0, concealed(session));
  }

  @Test
  void bridgeConcealsWhatIsTooFarBack() throws Exception {
    codec.reach = FRAME;
    MediaSession session = bridge(3);
    assertEquals(
        List.of(refused(320, FRAME), refused(160, FRAME), recovered(0, FRAME)), codec.asked);
    assertEquals(320, concealed(session));
    assertEquals(320, codec.concealed);
  }

  @Test
  void bridgeMakesAPauseOfALongGap() throws Exception {
    SimulatedPlatform platform = platform(40);
    MediaSession session = platform.answer(talker(platform));
    session.connect(platform.answer(listener(platform)), ConnectOptions.DEFAULT);
    lose(platform, 11);
    assertEquals(List.of(), codec.asked);
    assertEquals(0, concealed(session));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void roomAsksForEveryFrameOfAGap(int lost) throws Exception {
    MediaSession session = room(120, lost);
    assertEquals(everyFrame(lost), codec.asked);
    assertEquals(0, concealed(session));
  }

  @Test
  void roomConcealsWhatIsTooFarBack() throws Exception {
    codec.reach = 2 * FRAME;
    MediaSession session = room(120, 4);
    assertEquals(
        List.of(
            refused(480, FRAME), refused(320, FRAME), recovered(160, FRAME), recovered(0, FRAME)),
        codec.asked);
    assertEquals(320, concealed(session));
  }

  /** The packet behind the gap comes when a part of it was played already. */
  @ParameterizedTest
  @ValueSource(ints = {10, 20, 30, 40, 50, 60, 70})
  void roomAsksForWhatIsLeftOfAGap(int jitterDelayMs) throws Exception {
    MediaSession session = room(jitterDelayMs, 3);
    int left = 0;
    for (int i = codec.asked.size() - 1; i >= 0; i--) {
      Piece piece = codec.asked.get(i);
      assertEquals(left, piece.samplesToNext(), codec.asked::toString);
      left += piece.samples();
    }
    assertEquals(3 * FRAME, left + concealed(session), codec.asked::toString);
    assertEquals((jitterDelayMs - 10) * 8, left, codec.asked::toString);
  }

  /** By timestamps: what the far end left out is between the lost frame and the next packet. */
  @Test
  void pauseBehindTheLossIsPartOfTheDistance() throws Exception {
    codec.reach = FRAME;
    SimulatedPlatform platform = platform(150);
    SimulatedPhone talker = talker(platform);
    MediaSession session = platform.answer(talker);
    session.connect(platform.manager().room(new RoomOptions("x", 10)), ConnectOptions.DEFAULT);
    platform.run(500);
    platform.network().lose(FIRST_PHONE, 1);
    talker.pause(13);
    platform.run(60);
    talker.resume();
    platform.run(400);
    assertEquals(List.of(refused(320, FRAME)), codec.asked);
    assertEquals(FRAME, concealed(session));
  }
}
