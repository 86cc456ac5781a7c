package org.mediacore.bench.seam;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mediacore.bench.load.MediaCodec;

/**
 * Judges what the legs of a run received. The first run, which is to be without swaps, is what the
 * sound of the others is held against. For one thread.
 */
final class Judge {
  /** What varies more without swaps is no steady tone, and nothing can be told from it. */
  private static final double WIDEST_DB = 3;

  /** Opus has a wobble of its own, of a mix of nine tones most. */
  private static final double WIDEST_IN_OPUS_DB = 6;

  private final List<ToneLeg> legs;
  private final SoundRange[] ranges;
  private boolean hasRanges;

  Judge(List<ToneLeg> legs) {
    this.legs = legs;
    ranges = new SoundRange[legs.size()];
  }

  /**
   * Judges one run.
   *
   * @param span what of it
   * @param seams when what was swapped
   * @throws IOException where a packet cannot be decoded
   */
  Verdict judge(Spool spool, Span span, Seams seams) throws IOException {
    Standstills standstills = new Standstills(spool.late(), spool.behind());
    Verdict verdict = new Verdict(legs, seams);
    for (int i = 0; i < legs.size(); i++) {
      ToneLeg leg = legs.get(i);
      Stream stream = spool.streams().get(i);
      long[] inputNs = leg.isClocked() ? new long[0] : spool.sentNs().get(leg.source());
      List<Gap> gaps = new ArrayList<>();
      verdict.add(
          new WireJudge(i, stream, leg.codec().timestampStep(), inputNs, standstills)
              .judge(span, gaps));
      gaps.forEach(verdict::add);
      Sound sound = Sound.of(stream, leg);
      if (!hasRanges) {
        ranges[i] = SoundRange.of(sound, span, standstills);
        requireSteady(i, verdict);
      }
      List<SoundJudge.Fault> faults = new ArrayList<>();
      verdict.add(new SoundJudge(i, ranges[i]).judge(sound, span, faults));
      faults.forEach(fault -> verdict.add(fault, standstills.reach(fault.atNs())));
    }
    hasRanges = true;
    return verdict;
  }

  private void requireSteady(int i, Verdict verdict) {
    boolean isOpus = legs.get(i).codec() == MediaCodec.OPUS;
    float widthDb = ranges[i].widthDb();
    if (widthDb > (isOpus ? WIDEST_IN_OPUS_DB : WIDEST_DB)) {
      verdict.trouble(
          String.format(
              Locale.ROOT,
              "without swaps the level of leg %d varies by %.1f dB: no measure for anything",
              i,
              widthDb));
    }
  }
}
