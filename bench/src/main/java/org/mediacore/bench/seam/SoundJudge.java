package org.mediacore.bench.seam;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds what a leg heard against its range without swaps: the level of any 20 ms at a seam at most
 * 1 dB outside, and each tone there in any 20 ms.
 */
final class SoundJudge {
  private static final double MOST_LEVEL_DB = 1;

  /**
   * Apart from seams, which only Opus shows. Its SILK, begun anew, takes a steady tone for voice
   * for most of a second and then for background: a wobble of the codec's own.
   */
  private static final double MOST_LEVEL_APART_DB = 2;

  /** Of a tone's level below its lowest: a third of the 20 ms without it. */
  private static final double DROPOUT_DB = 3;

  private final int leg;
  private final SoundRange range;

  /** 20 ms that should not be so. */
  record Fault(int leg, long atNs, boolean isDropout, double db) {}

  /**
   * What was found.
   *
   * @param frames of 20 ms
   * @param seamFrames those of them that may be at a seam
   * @param outsideDb how far outside of the range a level was at most, at seams
   * @param apart how many were over 1 dB outside apart from seams
   * @param apartDb how far outside of the range a level was at most, apart from seams
   * @param toneLossDb how far below its lowest a tone was at most
   */
  record Finding(
      long frames,
      long seamFrames,
      double outsideDb,
      long apart,
      double apartDb,
      double toneLossDb) {
    static final Finding NONE = new Finding(0, 0, 0, 0, 0, 0);

    Finding plus(Finding other) {
      return new Finding(
          frames + other.frames,
          seamFrames + other.seamFrames,
          Math.max(outsideDb, other.outsideDb),
          apart + other.apart,
          Math.max(apartDb, other.apartDb),
          Math.max(toneLossDb, other.toneLossDb));
    }
  }

  /**
   * @param range of the same leg without swaps
   */
  SoundJudge(int leg, SoundRange range) {
    this.leg = leg;
    this.range = range;
  }

  /**
   * Judges what came in some time.
   *
   * @param faults takes what is wrong
   */
  Finding judge(Sound sound, Span span, List<Fault> faults) {
    Finding sum = Finding.NONE;
    for (int frame = 0; frame < sound.frames(); frame++) {
      long atNs = sound.atNs()[frame];
      if (!span.holds(atNs)) {
        continue;
      }
      float level = sound.levelDb()[frame];
      double outside = Math.max(level - range.highestDb(), range.lowestDb() - level);
      double loss = 0;
      for (int tone = 0; tone < range.lowestToneDb().length; tone++) {
        loss = Math.max(loss, range.lowestToneDb()[tone] - sound.toneDb()[tone][frame]);
      }
      boolean isSeam = sound.isSeam()[frame];
      if (outside > (isSeam ? MOST_LEVEL_DB : MOST_LEVEL_APART_DB)) {
        faults.add(new Fault(leg, atNs, false, outside));
      }
      if (loss > DROPOUT_DB) {
        faults.add(new Fault(leg, atNs, true, loss));
      }
      sum = sum.plus(finding(isSeam, outside, loss));
    }
    return sum;
  }

  private static Finding finding(boolean isSeam, double outsideDb, double toneLossDb) {
    return isSeam
        ? new Finding(1, 1, outsideDb, 0, 0, toneLossDb)
        : new Finding(1, 0, 0, outsideDb > MOST_LEVEL_DB ? 1 : 0, outsideDb, toneLossDb);
  }

  /** Faults without those of the same leg that follow within 100 ms: one event each. */
  static List<Fault> events(List<Fault> faults) {
    List<Fault> events = new ArrayList<>();
    Fault last = null;
    for (Fault fault : faults) {
      boolean goesOn =
          last != null
              && fault.leg() == last.leg()
              && fault.isDropout() == last.isDropout()
              && fault.atNs() - last.atNs() < 100_000_000;
      if (!goesOn) {
        events.add(fault);
      }
      last = fault;
    }
    return events;
  }
}
