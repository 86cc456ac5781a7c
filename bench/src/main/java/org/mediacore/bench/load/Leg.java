package org.mediacore.bench.load;

import java.net.InetSocketAddress;

/** One side of a call: where its packets go and what was counted. For the media thread alone. */
final class Leg {
  private static final int WINDOW = 64;

  final int index;
  final int socket;
  final InetSocketAddress remote;
  final int payloadType;
  final MediaCodec codec;

  /** The leg whose packets should arrive here; -1 where they are mixed or not known. */
  final int source;

  // sending
  int number;
  int firstNumber;
  long sent;
  long refused;

  // receiving
  long received;
  long lastArrivalNs;
  long stamped;
  long unique;
  long duplicates;
  long strangers;
  long sequenceGaps;
  long sequenceMissing;
  long timestampJumps;
  private long seen;
  private int highest = -1;
  private int lastSequence = -1;
  private int lastTimestamp;

  Leg(
      int index,
      int socket,
      InetSocketAddress remote,
      int payloadType,
      MediaCodec codec,
      int source) {
    this.index = index;
    this.socket = socket;
    this.remote = remote;
    this.payloadType = payloadType;
    this.codec = codec;
    this.source = source;
  }

  /** From here on everything is counted; packets of before are recognised and left out. */
  void beginMeasurement() {
    firstNumber = number;
    sent = 0;
    refused = 0;
    received = 0;
    stamped = 0;
    unique = 0;
    duplicates = 0;
    strangers = 0;
    sequenceGaps = 0;
    sequenceMissing = 0;
    timestampJumps = 0;
  }

  /**
   * Counts a packet by its RTP sequence number: are the platform's own numbers without a gap, and
   * its timestamps as far apart as its numbers?
   */
  void sequence(int sequence, int timestamp) {
    if (lastSequence >= 0) {
      int step = (short) (sequence - lastSequence);
      if (step > 0 && timestamp - lastTimestamp != step * codec.timestampStep()) {
        timestampJumps++;
      }
      if (step > 1) {
        sequenceGaps++;
        sequenceMissing += step - 1;
      }
      if (step <= 0) {
        return;
      }
    }
    lastSequence = sequence;
    lastTimestamp = timestamp;
  }

  /**
   * Counts a stamped packet.
   *
   * @param sent the number that its sender gave it
   * @return whether it is there for the first time
   */
  boolean firstSight(int sent) {
    if (sent > highest) {
      int ahead = sent - highest;
      seen = highest < 0 || ahead >= WINDOW ? 1 : seen << ahead | 1;
      highest = sent;
      return true;
    }
    int behind = highest - sent;
    if (behind >= WINDOW) {
      return true; // older than the window: cannot tell, and a duplicate is never that late
    }
    boolean first = (seen >>> behind & 1) == 0;
    seen |= 1L << behind;
    return first;
  }
}
