package org.mediacore.bench.seam;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the machine did to the platform: for how long it gave one of its cores to nobody, and what
 * had piled up for that. While a core is lost the pile grows by that time; then it is worked off.
 * What several cores were lost together counts once.
 *
 * <p>Callers, which are on the same cores here and on none of the platform's elsewhere, come first:
 * the pile goes on growing until they have sent what they could not send meanwhile.
 */
final class Standstills {
  /** In how many times what was lost a core works off what piled up, with two thirds in use. */
  private static final int CATCHING_UP = 2;

  /** With a smaller pile jitter buffers do not run dry, and nobody hears it. */
  private static final long HEARD_NS = 10_000_000;

  /**
   * A jitter buffer that ran dry, or full, is heard that much later at most: it settles its delay
   * by what comes in two seconds.
   */
  private static final long REACH_NS = 2_500_000_000L;

  /**
   * A core was lost.
   *
   * @param since when there had been no pile before, in ns since 1970
   * @param fromNs of the loss
   * @param toNs its end
   * @param pileNs at its end
   */
  private record Loss(long since, long fromNs, long toNs, long pileNs) {
    long pileAt(long ns) {
      return ns <= toNs
          ? Math.max(0, pileNs - (toNs - Math.max(ns, fromNs)))
          : Math.max(0, pileNs - (ns - toNs) / CATCHING_UP);
    }
  }

  private final List<Loss> losses = new ArrayList<>();

  /**
   * @param late when a core was lost, in the order of begin
   * @param behind when callers were behind, which counts from the first loss in it on
   */
  Standstills(List<Spool.Late> late, List<Spool.Late> behind) {
    List<Spool.Late> all = new ArrayList<>(late);
    behind.forEach(one -> firstMet(late, one).ifPresent(l -> all.add(from(l.fromNs(), one))));
    all.sort(Comparator.comparingLong(Spool.Late::fromNs));
    for (Spool.Late one : all) {
      Loss last = losses.isEmpty() ? null : losses.get(losses.size() - 1);
      long fromNs = last == null ? one.fromNs() : Math.max(last.toNs(), one.fromNs());
      if (one.atNs() > fromNs) {
        long pileNs = last == null ? 0 : last.pileAt(fromNs);
        long since = pileNs > 0 ? last.since() : fromNs;
        losses.add(new Loss(since, fromNs, one.atNs(), pileNs + one.atNs() - fromNs));
      }
    }
  }

  private static Optional<Spool.Late> firstMet(List<Spool.Late> late, Spool.Late one) {
    return late.stream()
        .filter(l -> l.fromNs() <= one.atNs() && l.atNs() >= one.fromNs())
        .findFirst();
  }

  private static Spool.Late from(long ns, Spool.Late one) {
    return new Spool.Late(one.core(), one.atNs(), one.atNs() - Math.max(ns, one.fromNs()));
  }

  /** The most that there was of a pile in some time, in ns of one core. */
  long pileNs(long fromNs, long toNs) {
    long mostNs = 0;
    for (int i = Math.max(0, firstEndingFrom(fromNs) - 1); i < losses.size(); i++) {
      Loss loss = losses.get(i);
      if (loss.fromNs() >= toNs) {
        break;
      }
      mostNs = Math.max(mostNs, loss.pileAt(Math.min(Math.max(fromNs, loss.toNs()), toNs)));
    }
    return mostNs;
  }

  /** Whether what is heard then may be of one. */
  boolean reach(long ns) {
    for (int i = firstEndingFrom(ns - REACH_NS); i < losses.size(); i++) {
      Loss loss = losses.get(i);
      if (loss.since() > ns) {
        break;
      }
      if (loss.pileNs() >= HEARD_NS) {
        return true;
      }
    }
    return false;
  }

  private int firstEndingFrom(long ns) {
    int low = 0;
    int high = losses.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (losses.get(middle).toNs() < ns) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
