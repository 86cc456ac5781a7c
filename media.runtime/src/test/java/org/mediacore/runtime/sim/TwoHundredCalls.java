package org.mediacore.runtime.sim;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.session.Room;
import org.mediacore.api.session.RoomOptions;
import org.mediacore.example.highpass.Highpass;
import org.mediacore.runtime.processing.ProcessorProvider;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.osgi.framework.Version;

/**
 * 200 calls that are up, 60 in Opus and 140 in PCMU, a tone each: 15 bridges between the two codecs
 * and 10 between Opus legs, decoded; 40 between PCMU legs, every other one relayed; 5 rooms of 14.
 * Every fourth leg has the example's high-pass. Two of them run alike to the last bit.
 */
final class TwoHundredCalls {
  static final int LEGS = 200;
  static final int OPUS_LEGS = 60;

  static final int HIGHPASS_LEGS = LEGS / 4;

  /** Without those that are relayed. */
  static final int DECODED_PCMU_LEGS = LEGS - OPUS_LEGS - 40;

  private static final int ROOMS = 5;
  private static final int ROOM_MEMBERS = 14;
  private static final int OPUS_PER_ROOM = 5;
  private static final long SEED = 20_261_122;
  private static final double BRIDGE_DBFS = -12;

  /** Loud enough never to be taken for background; 13 of them together stay below full scale. */
  private static final double ROOM_DBFS = -25;

  /** The tones of all runs, so that each is encoded once. */
  static final class Tones {
    private final AudioCodecFactory opus;
    private final List<ToneMaterial> materials = new ArrayList<>();

    Tones(AudioCodecFactory opus) {
      this.opus = opus;
    }

    private ToneMaterial get(int number, boolean isOpus, double hz, double dbfs)
        throws MediaSetupException {
      if (number == materials.size()) {
        materials.add(
            isOpus
                ? new ToneMaterial(opus, "opus/48000/2", hz, dbfs)
                : new ToneMaterial(SimulatedPlatform.G711, "PCMU/8000", hz, dbfs));
      }
      return materials.get(number);
    }
  }

  /** A leg, the tones that it is to hear, and whether any of them comes in Opus. */
  record Leg(ToneLeg phone, List<Double> tonesHz, boolean hearsOpus) {}

  private final SimulatedPlatform platform = new SimulatedPlatform(SEED, Impairment.NONE);
  private final Tones tones;
  private final List<Leg> legs = new ArrayList<>();

  TwoHundredCalls(Tones tones, AudioCodecFactory opus) throws IOException, MediaSetupException {
    this.tones = tones;
    ProviderInfo codec = new ProviderInfo("codec.opus", new Version(1, 0, 0), 0, 4);
    platform.services().codecs().add(opus, codec);
    ProviderInfo processor = new ProviderInfo("highpass", new Version(1, 0, 0), 0, 5);
    platform.services().processors().add(new ProcessorProvider(Highpass.create(), processor));
    for (int i = 0; i < 15; i++) {
      bridge(true, false, ConnectOptions.DEFAULT);
    }
    for (int i = 0; i < 10; i++) {
      bridge(true, true, ConnectOptions.DECODED);
    }
    for (int i = 0; i < 40; i++) {
      bridge(false, false, i % 2 == 0 ? ConnectOptions.DECODED : ConnectOptions.DEFAULT);
    }
    for (int i = 0; i < ROOMS; i++) {
      room("room-" + i);
    }
  }

  SimulatedPlatform platform() {
    return platform;
  }

  List<Leg> legs() {
    return legs;
  }

  private void bridge(boolean firstOpus, boolean secondOpus, ConnectOptions options)
      throws IOException, MediaSetupException {
    int number = legs.size();
    double firstHz = 310 + 20 * number;
    double secondHz = 310 + 20 * (number + 1);
    MediaSession first = answer(firstOpus, firstHz, BRIDGE_DBFS, List.of(secondHz), secondOpus);
    MediaSession second = answer(secondOpus, secondHz, BRIDGE_DBFS, List.of(firstHz), firstOpus);
    first.connect(second, options);
  }

  private void room(String name) throws IOException, MediaSetupException {
    Room room = platform.manager().room(new RoomOptions(name, ROOM_MEMBERS));
    for (int i = 0; i < ROOM_MEMBERS; i++) {
      List<Double> others = new ArrayList<>();
      for (int other = 0; other < ROOM_MEMBERS; other++) {
        if (other != i) {
          others.add(roomToneHz(other));
        }
      }
      answer(i < OPUS_PER_ROOM, roomToneHz(i), ROOM_DBFS, others, true)
          .connect(room, ConnectOptions.DEFAULT);
    }
  }

  private static double roomToneHz(int member) {
    return 400 + 200 * member;
  }

  private MediaSession answer(
      boolean isOpus, double hz, double dbfs, List<Double> hears, boolean hearsOpus)
      throws IOException, MediaSetupException {
    int number = legs.size();
    ToneLeg phone =
        new ToneLeg(
            platform.network(),
            platform.loop(),
            new InetSocketAddress("198.51.100." + (number + 1), 4000),
            tones.get(number, isOpus, hz, dbfs),
            isOpus ? 111 : 0);
    List<String> processing = number % 4 == 2 ? List.of("highpass") : List.of();
    MediaSession session =
        platform.manager().createSession(platform.options().processing(processing).build());
    String answer = SimulatedPlatform.negotiate(session, phone.offer());
    phone.call(answer, (1 + number % 20) * 1_000_000L);
    legs.add(new Leg(phone, hears, hearsOpus));
    return session;
  }
}
