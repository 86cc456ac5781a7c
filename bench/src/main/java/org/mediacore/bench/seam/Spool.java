package org.mediacore.bench.seam;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What {@code tonecalls.c} kept of a load; its head has the format.
 *
 * @param streams what each leg received
 * @param sentNs when each leg sent its packets, in ns since 1970
 * @param late when the machine gave a core to nobody here, in the order of begin
 * @param behind when the sender was behind its schedule
 */
record Spool(List<Stream> streams, List<long[]> sentNs, List<Late> late, List<Late> behind) {
  private static final int RECORD_HEADER = 16;
  private static final int SENT = -1;
  private static final int LATE = -2;
  private static final int BEHIND = -3;

  /**
   * A witness, a thread of the highest priority, woke late; or the sender was late for some time.
   *
   * @param core where the witness was; 0 of the sender
   * @param atNs when it woke at last, or was no longer late, in ns since 1970
   * @param ns by how much, or for how long
   */
  record Late(int core, long atNs, long ns) {
    /** When it began, in ns since 1970. */
    long fromNs() {
      return atNs - ns;
    }
  }

  /**
   * Reads a file, which is to stay for as long as this is used.
   *
   * @throws IOException where it is none, or has more than 2 GiB
   */
  static Spool read(Path file, int legs) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new IOException(file + ": " + channel.size() + " bytes are too many");
      }
      return of(channel.map(MapMode.READ_ONLY, 0, channel.size()), legs);
    }
  }

  /** Reads it from memory. */
  static Spool of(ByteBuffer bytes, int legs) throws IOException {
    ByteBuffer records = bytes.duplicate().order(ByteOrder.nativeOrder());
    ByteBuffer packets = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
    List<Stream> streams = new ArrayList<>();
    List<long[]> sentNs = new ArrayList<>();
    for (int leg = 0; leg < legs; leg++) {
      streams.add(new Stream(packets));
      sentNs.add(new long[0]);
    }
    List<Late> late = new ArrayList<>();
    List<Late> behind = new ArrayList<>();
    int at = 0;
    while (at < records.limit()) {
      int kind = records.getInt(at);
      int length = records.getInt(at + 4);
      long ns = records.getLong(at + 8);
      int body = at + RECORD_HEADER;
      if (kind >= legs || kind < BEHIND || length < 8 || length > records.limit() - body) {
        throw new IOException("no record at " + at + " of the spool");
      }
      switch (kind) {
        case SENT -> sentNs.set(records.getInt(body), times(records, body + 8, length / 8 - 1));
        case LATE -> late.add(late(records, body, ns));
        case BEHIND -> behind.add(late(records, body, ns));
        default -> streams.get(kind).add(ns, body, length);
      }
      at = body + length;
    }
    late.sort(Comparator.comparingLong(Late::fromNs));
    return new Spool(streams, sentNs, late, behind);
  }

  private static Late late(ByteBuffer records, int body, long ns) {
    return new Late(records.getInt(body), ns, records.getLong(body + 8));
  }

  private static long[] times(ByteBuffer records, int at, int count) {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = records.getLong(at + 8 * i);
    }
    return times;
  }
}
