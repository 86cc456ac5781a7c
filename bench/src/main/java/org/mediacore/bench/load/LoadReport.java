package org.mediacore.bench.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was measured. What was not measured, such as the latency of mixed sound, is absent.
 *
 * @param values names with their unit, in the order in which they are printed
 */
public record LoadReport(Map<String, Object> values) {
  /** A generator that is later than this for 1 % of the packets measures itself. */
  private static final long PUNCTUAL_NS = 5_000_000;

  private static final double NS_PER_S = 1e9;
  private static final double NS_PER_US = 1e3;

  /**
   * Makes the report of a finished measurement.
   *
   * @param ns how long was sent
   * @param receivedInTime packets received until then; those of legs include what came later
   */
  static LoadReport of(
      LoadOptions options,
      Leg[] legs,
      MediaPump pump,
      ResourceUsage from,
      ResourceUsage to,
      long ns,
      long receivedInTime) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("mode", options.mode().name().toLowerCase(Locale.ROOT));
    values.put("codecs", options.codecs().toString().toLowerCase(Locale.ROOT));
    values.put("legs", legs.length);
    values.put("measured_s", round(ns / NS_PER_S));
    traffic(values, legs);
    values.put("sent_per_s", round((long) values.get("sent") * NS_PER_S / ns));
    values.put("received_per_s", round(receivedInTime * NS_PER_S / ns));
    values.put("unknown_packets", pump.unknownPackets());
    percentiles(values, "latency", pump.latency());
    percentiles(values, "spacing_error", pump.spacing());
    percentiles(values, "generator_late", pump.lateness());
    values.put("generator_kept_up", pump.lateness().percentileNs(0.99) < PUNCTUAL_NS);
    double ownCpuNs = to.threadCpuNs() - from.threadCpuNs();
    values.put("generator_cpu_percent", round(100 * ownCpuNs / ns));
    long packets = (long) values.get("sent") + (long) values.get("received");
    values.put(
        "generator_bytes_per_packet",
        round((double) (to.threadAllocatedBytes() - from.threadAllocatedBytes()) / packets));
    if (options.pid() > 0) {
      double cpuNs = (to.processCpuMs() - from.processCpuMs()) * 1e6;
      values.put("platform_cpu_percent", round(100 * cpuNs / ns));
      values.put("platform_cpu_us_per_packet", round(cpuNs / NS_PER_US / (packets / 2.0)));
      values.put("platform_resident_kb", to.processResidentKb());
    }
    return new LoadReport(values);
  }

  /** A copy with one more value: what is known only after the measurement. */
  LoadReport with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new LoadReport(more);
  }

  private static void traffic(Map<String, Object> values, Leg[] legs) {
    long sent = 0;
    long refused = 0;
    long received = 0;
    long stamped = 0;
    long unique = 0;
    long expected = 0;
    long duplicates = 0;
    long strangers = 0;
    long gaps = 0;
    long missing = 0;
    long jumps = 0;
    long silentLegs = 0;
    for (Leg leg : legs) {
      sent += leg.sent;
      refused += leg.refused;
      received += leg.received;
      stamped += leg.stamped;
      unique += leg.unique;
      expected += leg.source < 0 ? 0 : legs[leg.source].sent;
      duplicates += leg.duplicates;
      strangers += leg.strangers;
      gaps += leg.sequenceGaps;
      missing += leg.sequenceMissing;
      jumps += leg.timestampJumps;
      silentLegs += leg.received == 0 ? 1 : 0;
    }
    values.put("sent", sent);
    values.put("received", received);
    values.put("send_refused", refused);
    values.put("silent_legs", silentLegs);
    if (stamped > 0) {
      values.put("lost", expected - unique);
      values.put("duplicates", duplicates);
    }
    values.put("of_another_leg", strangers);
    values.put("sequence_gaps", gaps);
    values.put("sequence_missing", missing);
    values.put("timestamp_jumps", jumps);
  }

  private static void percentiles(
      Map<String, Object> values, String name, LatencyHistogram histogram) {
    if (histogram.count() == 0) {
      return;
    }
    values.put(name + "_p50_us", round(histogram.percentileNs(0.5) / NS_PER_US));
    values.put(name + "_p99_us", round(histogram.percentileNs(0.99) / NS_PER_US));
    values.put(name + "_p999_us", round(histogram.percentileNs(0.999) / NS_PER_US));
    values.put(name + "_max_us", round(histogram.maxNs() / NS_PER_US));
  }

  private static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }

  /** Returns the values one a line, for people. */
  public String lines() {
    return values.entrySet().stream()
        .map(e -> String.format("%-28s %s", e.getKey().replace('_', ' '), e.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /** Returns the values as one line of JSON, for programs. */
  public String json() {
    return values.entrySet().stream()
        .map(
            e ->
                "\""
                    + e.getKey()
                    + "\":"
                    + (e.getValue() instanceof String ? "\"" + e.getValue() + "\"" : e.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
