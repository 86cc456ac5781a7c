package org.mediacore.runtime.pipeline;

import java.util.OptionalDouble;
import org.mediacore.api.session.StreamStatistics;
import org.mediacore.rtp.RtcpSession;

/** Reads a leg's counters as a value; on the leg's loop. */
public final class LegStatistics {
  private LegStatistics() {}

  /** The statistics of a leg now. */
  public static StreamStatistics of(AudioLeg leg) {
    LegCounters counters = leg.counters();
    RtcpSession rtcp = leg.rtcp().session();
    int clockRateHz = leg.sender().clockRateHz();
    return new StreamStatistics(
        counters.packetsReceived,
        counters.bytesReceived,
        Math.max(0, leg.receiver().lost()),
        counters.packetsLate,
        leg.receiver().duplicates(),
        counters.packetsMalformed + counters.packetsIgnored,
        counters.packetsRefused,
        counters.earlierPacketsSent + leg.sender().packetsSent(),
        counters.earlierBytesSent + leg.sender().octetsSent(),
        counters.sendFailures,
        counters.earlierSamplesConcealed
            + (leg.decoder() == null ? 0 : leg.decoder().samplesConcealed())
            + (leg.formerDecoder() == null ? 0 : leg.formerDecoder().samplesConcealed()),
        counters.earlierFramesFailed
            + (leg.decoder() == null ? 0 : leg.decoder().framesFailed())
            + (leg.formerDecoder() == null ? 0 : leg.formerDecoder().framesFailed())
            + (leg.encoder() == null ? 0 : leg.encoder().framesFailed()),
        leg.receiver().hasSource()
            ? OptionalDouble.of(leg.receiver().jitter() * 1000.0 / leg.receiver().clockRateHz())
            : OptionalDouble.empty(),
        known(rtcp.remoteFractionLost(), 100.0 / 256),
        known(rtcp.remoteJitter(), 1000.0 / clockRateHz),
        known(rtcp.roundTripNs(), 1e-6));
  }

  private static OptionalDouble known(long value, double scale) {
    return value == RtcpSession.UNKNOWN ? OptionalDouble.empty() : OptionalDouble.of(value * scale);
  }
}
