package org.mediacore.bench.seam;

import java.util.ArrayList;
import java.util.List;
import org.mediacore.bench.load.MediaCodec;

/**
 * The legs of 200 calls, 60 in Opus and 140 in PCMU: 50 bridges of two, of which 20 have Opus on
 * one side, and 10 rooms of ten, four of them with Opus. Tones of a room are multiples of 50 Hz, so
 * that in any 20 ms each is seen by itself.
 */
final class ToneCalls {
  private static final int BRIDGES = 50;
  private static final int ROOMS = 10;
  private static final int ROOM_SIZE = 10;
  private static final double BRIDGE_DBFS = -12;

  /** Loud enough never to be taken for background; nine together stay below full scale. */
  private static final double ROOM_DBFS = -25;

  private static final List<MediaCodec> BRIDGE_CODECS =
      List.of(MediaCodec.OPUS, MediaCodec.PCMU, MediaCodec.PCMU, MediaCodec.PCMU, MediaCodec.PCMU);
  private static final List<MediaCodec> ROOM_CODECS =
      List.of(MediaCodec.OPUS, MediaCodec.PCMU, MediaCodec.OPUS, MediaCodec.PCMU, MediaCodec.PCMU);

  private ToneCalls() {}

  static List<ToneLeg> legs() {
    List<ToneLeg> legs = new ArrayList<>();
    for (int leg = 0; leg < 2 * BRIDGES; leg++) {
      int other = leg ^ 1;
      legs.add(
          new ToneLeg(
              "bridge-tone" + leg / 2,
              BRIDGE_CODECS.get(leg % BRIDGE_CODECS.size()),
              bridgeHz(leg),
              BRIDGE_DBFS,
              List.of(bridgeHz(other)),
              other));
    }
    for (int i = 0; i < ROOMS * ROOM_SIZE; i++) {
      int member = i % ROOM_SIZE;
      List<Double> others = new ArrayList<>();
      for (int other = 0; other < ROOM_SIZE; other++) {
        if (other != member) {
          others.add(roomHz(other));
        }
      }
      legs.add(
          new ToneLeg(
              "conf-tone" + i / ROOM_SIZE,
              ROOM_CODECS.get(i % ROOM_CODECS.size()),
              roomHz(member),
              ROOM_DBFS,
              others,
              ToneLeg.CLOCKED));
    }
    return legs;
  }

  private static double bridgeHz(int leg) {
    return 310 + 20 * leg;
  }

  private static double roomHz(int member) {
    return 400 + 200 * member;
  }
}
