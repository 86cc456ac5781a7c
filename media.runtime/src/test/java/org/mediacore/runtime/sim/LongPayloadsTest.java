package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;
import org.mediacore.api.processing.AudioProcessorFactory;
import org.mediacore.api.processing.ProcessorDescriptor;
import org.mediacore.api.processing.ProcessorDescriptor.Position;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.api.session.StreamStatistics;
import org.mediacore.runtime.processing.ProcessorProvider;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.mediacore.runtime.sim.SimulatedPhone.Received;
import org.osgi.framework.Version;

/** Peers that fill their packets, as streamers do: payloads of more than the usual 20 to 60 ms. */
class LongPayloadsTest {
  private static final int TONE_HZ = 425;
  private static final int WINDOW = 160;

  /** A phone's tone: a peak of -12 dB. */
  private static final double SINE_DBOV = -12 - 3.01;

  private final SimulatedPlatform platform;
  private final SimulatedPhone streamer;
  private final SimulatedPhone listener;
  private MediaSession streaming;

  LongPayloadsTest() throws Exception {
    platform = new SimulatedPlatform(3640, Impairment.NONE);
    streamer = platform.phone(G711, "PCMA/8000", 8, TONE_HZ);
    listener = platform.phone(G711, "PCMU/8000", 0, 1_000);
  }

  private void inRoom(int... frames) throws Exception {
    streamer.gather(frames);
    Room room = platform.manager().room(new RoomOptions("x", 10));
    platform.answer(listener).connect(room, ConnectOptions.DEFAULT);
    streaming = platform.answer(streamer);
    streaming.connect(room, ConnectOptions.DEFAULT);
  }

  /** Of the audio that was heard, the windows of 20 ms without a tone behind the first with one. */
  private List<Integer> silentWindows() {
    short[] heard = listener.heard();
    int windows = heard.length / WINDOW;
    int first =
        IntStream.range(0, windows).filter(i -> !isSilent(heard, i)).findFirst().orElse(windows);
    return IntStream.range(first, windows).filter(i -> isSilent(heard, i)).boxed().toList();
  }

  private static boolean isSilent(short[] heard, int window) {
    long energy = 0;
    for (int i = window * WINDOW; i < (window + 1) * WINDOW; i++) {
      energy += heard[i] * heard[i];
    }
    return energy < 1_000_000L * WINDOW;
  }

  @Test
  void roomHearsPacketsOf160MsWithoutAGap() throws Exception {
    inRoom(8);
    platform.run(6_000);
    assertEquals(List.of(), silentWindows());
    assertEquals(0, statistics().packetsLost());
    listener.forget();
    platform.run(4_000);
    SeamlessStream.check(listener, TONE_HZ);
    assertTrue(listener.toneShare(TONE_HZ) > 0.999);
  }

  @Test
  void somePacketsOfOneMoreFrameAreNoGap() throws Exception {
    inRoom(8, 8, 9, 8, 9);
    platform.run(6_000);
    assertEquals(List.of(), silentWindows());
  }

  /** A packet of half a second is there that much later: one gap, and none for the next ones. */
  @Test
  void longPacketsAmongShortOnesCostOneGap() throws Exception {
    inRoom(8, 8, 8, 25, 8, 8, 8, 8, 8, 8, 8, 8, 8);
    platform.run(20_000);
    List<Integer> silent = silentWindows();
    assertTrue(!silent.isEmpty() && silent.size() <= (25 - 8), silent.toString());
    assertEquals(silent.size() - 1, silent.get(silent.size() - 1) - silent.get(0), "one gap");
    assertEquals(0, statistics().framesFailed());
    assertEquals(0, statistics().packetsLate());
  }

  /** Processors are given blocks of 120 ms at most, and all of the audio. */
  @Test
  void processorsWorkOnLongPayloadsInBlocks() throws Exception {
    Halver halver = new Halver();
    platform
        .services()
        .processors()
        .add(new ProcessorProvider(halver, new ProviderInfo("halver", new Version("1.0"), 0, 9)));
    streamer.gather(25);
    streaming =
        platform.manager().createSession(platform.options().processing(List.of("half")).build());
    streamer.call(SimulatedPlatform.negotiate(streaming, streamer.offer()));
    streaming.connect(platform.answer(listener), ConnectOptions.DEFAULT);
    platform.run(5_000);
    assertEquals(960, halver.longest);
    assertEquals(SINE_DBOV - 6.02, listener.levelDbov(), 0.3);
    assertTrue(listener.toneShare(TONE_HZ) > 0.99);
    assertEquals(0, statistics().framesFailed());
  }

  private static final class Halver implements AudioProcessorFactory {
    private int longest;

    @Override
    public ProcessorDescriptor descriptor() {
      return new ProcessorDescriptor("half", Position.RECEIVED, 0);
    }

    @Override
    public AudioProcessor create(AudioFormat format) {
      return new AudioProcessor() {
        @Override
        public int process(short[] pcm, int offset, int samples) {
          longest = Math.max(longest, samples);
          for (int i = offset; i < offset + samples; i++) {
            pcm[i] /= 2;
          }
          return samples;
        }

        @Override
        public void close() {}
      };
    }
  }

  /** What is longer than may be is refused, counted and a pause; what is around it is heard. */
  @Test
  void payloadBeyondTheLongestIsRefusedAlone() throws Exception {
    streamer.gather(8, 8, 41, 40, 8);
    streaming = platform.answer(streamer);
    streaming.connect(platform.answer(listener), ConnectOptions.DEFAULT);
    platform.run(10 * 105 * 20 + 100);
    assertEquals("transcode", streaming.report().drive());
    assertEquals(10, statistics().framesFailed());
    assertEquals(50, statistics().packetsReceived());
    List<Received> heard = listener.received();
    int spanMs = (heard.get(heard.size() - 1).timestamp() - heard.get(0).timestamp()) / WINDOW * 20;
    assertEquals(10 * 105 * 20 - 20, spanMs, "time goes on");
    assertTrue(heard.size() >= 10 * (105 - 41), heard.size() + " packets");
    for (int i = 1; i < heard.size(); i++) {
      assertEquals((heard.get(i - 1).sequence() + 1) & 0xFFFF, heard.get(i).sequence());
    }
  }

  private StreamStatistics statistics() {
    return streaming.report().streams().get(0).statistics();
  }
}
