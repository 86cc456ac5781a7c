package org.mediacore.api.session;

import java.util.OptionalDouble;

/**
 * Counters of one media stream since it began. What was not measured is absent.
 *
 * @param packetsReceived RTP packets taken, duplicates and late ones included
 * @param bytesReceived their payload bytes
 * @param packetsLost packets that never came, RFC 3550 §6.4.1
 * @param packetsLate packets that came after their turn and were not used
 * @param packetsDuplicate packets that came twice
 * @param packetsMalformed datagrams that are not valid RTP or RTCP, or of no negotiated payload
 *     type
 * @param packetsRefused datagrams of strangers
 * @param packetsSent RTP packets sent
 * @param bytesSent their payload bytes
 * @param sendFailures packets that the network did not take
 * @param samplesConcealed samples per channel that were made up for lost ones
 * @param framesFailed frames that a codec could not handle
 * @param jitterMs interarrival jitter, RFC 3550 §6.4.1
 * @param remoteLossPercent loss that the peer reports of what we send, in its last report
 * @param remoteJitterMs jitter that the peer reports
 * @param roundTripMs round trip time from the peer's last report, RFC 3550 §6.4.1
 */
public record StreamStatistics(
    long packetsReceived,
    long bytesReceived,
    long packetsLost,
    long packetsLate,
    long packetsDuplicate,
    long packetsMalformed,
    long packetsRefused,
    long packetsSent,
    long bytesSent,
    long sendFailures,
    long samplesConcealed,
    long framesFailed,
    OptionalDouble jitterMs,
    OptionalDouble remoteLossPercent,
    OptionalDouble remoteJitterMs,
    OptionalDouble roundTripMs) {}
