package org.mediacore.console.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.session.CodecInfo;
import org.mediacore.api.session.LoopReport;
import org.mediacore.api.session.ProcessorInfo;
import org.mediacore.api.session.SessionReport;
import org.mediacore.api.session.StreamReport;
import org.mediacore.api.session.StreamStatistics;
import org.mediacore.api.swap.SwapReceipt;

/** Values of the platform as text for a person. */
final class Reports {
  private static final String NONE = "-";

  private Reports() {}

  static String codecs(List<CodecInfo> codecs) {
    if (codecs.isEmpty()) {
      return "no codec is deployed";
    }
    Table table =
        new Table("CODEC", "PAYLOAD TYPE", "FRAMES MS", "FMTP", "IN USE", "OPEN", "PROVIDER");
    for (CodecInfo info : codecs) {
      CodecDescriptor codec = info.descriptor();
      table.row(
          codec.rtpmap(),
          codec.staticPayloadType().isPresent() ? codec.staticPayloadType().getAsInt() : "dynamic",
          codec.frameDurationsUs().stream()
              .map(us -> us % 1000 == 0 ? "" + us / 1000 : "" + us / 1000.0)
              .collect(Collectors.joining(",")),
          orNone(codec.defaultFmtp().toString()),
          info.selected() ? "yes" : "no",
          info.openInstances(),
          info.provider());
    }
    return table.toString();
  }

  static String processors(List<ProcessorInfo> processors) {
    if (processors.isEmpty()) {
      return "no processor is deployed";
    }
    Table table = new Table("PROCESSOR", "ON WHAT IS", "WARM-UP MS", "IN USE", "OPEN", "PROVIDER");
    for (ProcessorInfo info : processors) {
      table.row(
          info.descriptor().name(),
          info.descriptor().position().name().toLowerCase(Locale.ROOT),
          info.descriptor().warmUpMs(),
          info.selected() ? "yes" : "no",
          info.openInstances(),
          info.provider());
    }
    return table.toString();
  }

  static String loops(List<LoopReport> loops) {
    Table table = new Table("LOOP", "SESSIONS", "TICKS", "LATE MS: MEDIAN", "P99", "MOST");
    for (LoopReport loop : loops) {
      table.row(
          loop.index(),
          loop.sessions(),
          loop.ticks(),
          ms(loop.medianLatenessUs()),
          ms(loop.p99LatenessUs()),
          ms(loop.maxLatenessUs()));
    }
    return table.toString();
  }

  private static String ms(long us) {
    return String.format(Locale.ROOT, "%.2f", us / 1000.0);
  }

  /**
   * @param last how many of the latest are shown, 0 for all
   */
  static String swaps(List<SwapReceipt> receipts, int last, List<String> quarantined) {
    int from = last > 0 ? Math.max(0, receipts.size() - last) : 0;
    StringBuilder text = new StringBuilder();
    if (receipts.isEmpty()) {
      text.append("nothing was replaced under a call");
    } else {
      Table table =
          new Table(
              "TIME",
              "SESSION",
              "PART",
              "FROM",
              "TO",
              "REASON",
              "MISSING",
              "TICKS",
              "LEVEL DB",
              "CONCEALED",
              "ADDED DELAY");
      for (SwapReceipt receipt : receipts.subList(from, receipts.size())) {
        table.row(
            Instant.ofEpochMilli(receipt.atMs()),
            receipt.sessionId(),
            receipt.part(),
            receipt.from(),
            receipt.to(),
            receipt.reason(),
            receipt.wire().map(wire -> String.valueOf(wire.packetsMissing())).orElse(NONE),
            receipt.wire().map(wire -> String.valueOf(wire.ticksBetween())).orElse(NONE),
            receipt.levelStepDb().isPresent()
                ? String.format(Locale.ROOT, "%+.2f", receipt.levelStepDb().getAsDouble())
                : NONE,
            receipt.samplesConcealed(),
            receipt.addedDelaySamples());
      }
      text.append(table);
      if (from > 0) {
        text.append("\n").append(from).append(" earlier ones are not shown");
      }
    }
    quarantined.forEach(line -> text.append("\nquarantined: ").append(line));
    return text.toString();
  }

  static String sessions(List<SessionReport> sessions) {
    if (sessions.isEmpty()) {
      return "no sessions";
    }
    Table table = new Table("ID", "AGE", "LOOP", "DRIVE", "CODEC", "REMOTE", "PEER", "LABEL");
    for (SessionReport session : sessions) {
      StreamReport stream = session.streams().isEmpty() ? null : session.streams().get(0);
      table.row(
          session.id(),
          age(session.ageMs()),
          session.loop(),
          orNone(session.drive()),
          stream == null ? NONE : orNone(stream.codec()),
          stream == null ? NONE : orNone(stream.remoteAddress()),
          orNone(session.peer()),
          orNone(session.label()));
    }
    return table.toString();
  }

  static String stats(SessionReport session) {
    List<String> parts = new ArrayList<>();
    parts.add("session " + session.id() + "  " + session.label());
    for (StreamReport stream : session.streams()) {
      parts.add(heading(stream));
      parts.add(counters(stream.statistics()));
    }
    return String.join("\n", parts);
  }

  private static String counters(StreamStatistics s) {
    return new Table("COUNTER", "VALUE")
        .row("packets received", s.packetsReceived())
        .row("bytes received", s.bytesReceived())
        .row("packets lost", s.packetsLost())
        .row("packets late", s.packetsLate())
        .row("packets duplicate", s.packetsDuplicate())
        .row("packets malformed", s.packetsMalformed())
        .row("packets refused", s.packetsRefused())
        .row("packets sent", s.packetsSent())
        .row("bytes sent", s.bytesSent())
        .row("send failures", s.sendFailures())
        .row("samples concealed", s.samplesConcealed())
        .row("frames failed", s.framesFailed())
        .row("jitter ms", measured(s.jitterMs()))
        .row("remote loss %", measured(s.remoteLossPercent()))
        .row("remote jitter ms", measured(s.remoteJitterMs()))
        .row("round trip ms", measured(s.roundTripMs()))
        .toString();
  }

  static String explain(SessionReport session) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "session "
            + session.id()
            + "  "
            + session.label()
            + "  peer "
            + orNone(session.peer())
            + "  drive "
            + orNone(session.drive())
            + "  loop "
            + session.loop());
    for (StreamReport stream : session.streams()) {
      lines.add(heading(stream));
      stream.plan().forEach(stage -> lines.add("  " + stage));
    }
    return String.join("\n", lines);
  }

  private static String heading(StreamReport stream) {
    return stream.kind().name().toLowerCase(Locale.ROOT)
        + "  "
        + stream.direction()
        + "  "
        + orNone(stream.codec())
        + "  "
        + orNone(stream.localAddress())
        + " <-> "
        + orNone(stream.remoteAddress());
  }

  private static String measured(OptionalDouble value) {
    return value.isPresent()
        ? String.format(Locale.ROOT, "%.1f", value.getAsDouble())
        : "not measured";
  }

  private static String orNone(String text) {
    return text.isEmpty() ? NONE : text;
  }

  static String age(long ms) {
    long seconds = ms / 1000;
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
