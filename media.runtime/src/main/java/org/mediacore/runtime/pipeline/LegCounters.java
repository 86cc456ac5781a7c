package org.mediacore.runtime.pipeline;

/** Counts of a leg that neither RTP state nor codec stages hold. Written and read on the loop. */
final class LegCounters {
  long packetsReceived;
  long bytesReceived;
  long packetsLate;
  long packetsMalformed;
  long packetsRefused;
  long packetsIgnored;
  long sendFailures;

  /** Counts of streams that ended: the sender's start over with each SSRC. */
  long earlierPacketsSent;

  long earlierBytesSent;

  /** Counts of codec instances that were replaced. */
  long earlierSamplesConcealed;

  long earlierFramesFailed;
}
