package org.mediacore.bench.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.bench.Benchmark;
import org.mediacore.bench.Option;
import org.mediacore.bench.Settings;
import org.mediacore.bench.codec.CodecCost.Beside;
import org.mediacore.bench.platform.Cores;
import org.mediacore.bench.platform.NativeProgram;
import org.mediacore.bench.platform.Project;
import org.mediacore.bench.report.Report;

/** What a frame of each codec costs, encoding and decoding, beside native programs. */
public final class CodecsBenchmark implements Benchmark {
  /** Fewer bytes per frame than this are none: one smallest object in a thousand frames. */
  private static final double NO_ALLOCATION = 0.016;

  /** Far more than libopus needs, far less than the pure Java that stands in for it. */
  private static final double NOT_LIBOPUS_BYTES = 1_000;

  @Override
  public String name() {
    return "codecs";
  }

  @Override
  public String summary() {
    return "time and memory per frame of every codec, beside ffmpeg and libopus called from C";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public void run(Settings settings, Report report) throws IOException {
    Cores.pinMyself();
    Path folder = Files.createDirectories(Project.root().resolve("bench/target/codecs"));
    Peers peers = new Peers(folder);
    CodecMeter meter = new CodecMeter(folder, peers, settings.has("--quick"));
    report.condition("time", meter.describe());
    List<CodecCost> costs = new ArrayList<>();
    for (CodecCase codec : CodecCase.values()) {
      try {
        costs.addAll(measure(codec, folder, peers, meter));
      } catch (MediaSetupException missing) {
        report.note(codec.title + " is not measured: " + missing.getMessage() + ".");
      }
    }
    table(report, costs);
    goals(report, costs);
    notes(report, costs, peers);
    report.chart(chart(costs));
  }

  private static List<CodecCost> measure(
      CodecCase codec, Path folder, Peers peers, CodecMeter meter)
      throws IOException, MediaSetupException {
    CodecCase.Agreed agreed = codec.agree();
    CodecMaterial material = new CodecMaterial(codec, folder);
    material.writePcm(agreed);
    if (agreed.encodes()) {
      material.writePackets(agreed);
    } else if (peers.hasFfmpeg()) {
      peers.encodeAac(agreed, material);
    } else {
      throw new MediaSetupException(
          MediaSetupException.Reason.NOT_SUPPORTED,
          "payloads to decode are made by ffmpeg, which is missing (Debian: apt install ffmpeg)",
          codec.title);
    }
    List<CodecCost> costs = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      if (direction == Direction.DECODE || agreed.encodes()) {
        System.out.println("measuring " + codec.title + " " + direction.title());
        costs.add(meter.measure(codec, agreed, material, direction));
      }
    }
    if (codec == CodecCase.OPUS && costs.get(0).bytes() > NOT_LIBOPUS_BYTES) {
      throw new MediaSetupException(
          MediaSetupException.Reason.NOT_SUPPORTED, "libopus is not loaded", codec.title);
    }
    return costs;
  }

  private static void table(Report report, List<CodecCost> costs) {
    report.table(
        "A frame of each codec, one thread",
        "codec",
        "direction",
        "frame, ms",
        "times real time",
        "ns/frame",
        "± MAD",
        "B/frame",
        "native program",
        "its ns/frame",
        "ratio");
    for (CodecCost cost : costs) {
      Optional<Beside> beside = cost.beside();
      report.row(
          cost.codec().title,
          cost.direction().title(),
          cost.frameMs(),
          cost.timesRealTime(),
          cost.ns().median(),
          cost.ns().mad(),
          cost.bytes(),
          beside.map(Beside::title).orElse(""),
          beside.<Object>map(b -> b.ns().median()).orElse(""),
          beside.<Object>map(b -> b.ratio().median()).orElse(""));
    }
  }

  private static void goals(Report report, List<CodecCost> costs) {
    report.section("Goals");
    for (CodecCost cost : costs) {
      goal(report, cost);
    }
    double most =
        costs.stream()
            .filter(cost -> cost.codec() != CodecCase.OPUS_JAVA)
            .mapToDouble(CodecCost::bytes)
            .max()
            .orElse(0);
    report.figure(
        "most bytes for a frame, all but pure Java Opus", most, "B", "0", most < NO_ALLOCATION);
    costs.stream()
        .filter(cost -> cost.codec() == CodecCase.OPUS_JAVA)
        .forEach(
            cost ->
                report.figure(cost.title(), cost.bytes(), "B", "0", cost.bytes() < NO_ALLOCATION));
  }

  private static void goal(Report report, CodecCost cost) {
    switch (cost.codec()) {
      case MU_LAW, A_LAW -> {
        double speed = cost.gigasamplesPerS();
        report.figure(cost.title(), speed, "Gsamples/s", ">= 1", speed >= 1);
      }
      case G722 -> ratio(report, cost, 1);
      case OPUS -> ratio(report, cost, 1.03);
      case ILBC_20, ILBC_30 -> {
        int wanted = cost.direction() == Direction.ENCODE ? 60 : 250;
        double speed = cost.timesRealTime();
        report.figure(cost.title(), speed, "times real time", ">= " + wanted, speed >= wanted);
      }
      default -> {}
    }
  }

  private static void ratio(Report report, CodecCost cost, double most) {
    cost.beside()
        .ifPresent(
            beside -> {
              double ratio = beside.ratio().median();
              String what = cost.title() + " by " + beside.title();
              report.figure(what, ratio, "", "<= " + most, ratio <= most);
            });
  }

  private static void notes(Report report, List<CodecCost> costs, Peers peers) {
    report.note(
        "CPU time of the thread, each half of a codec in Java machines of its own on the measured"
            + " core; B/frame is what the thread allocated in the round with least. A ratio is the"
            + " median of the rounds' own: our time by the native program's.");
    report.note(
        peers.hasFfmpeg()
            ? "ffmpeg: user and system time of the program with a file of minutes, less that of the"
                + " same program copying this file without coding; what its pipeline does per frame"
                + " beside coding remains, which is most of it for G.711."
            : "Not compared with ffmpeg: it is missing (Debian: apt install ffmpeg).");
    boolean withC =
        costs.stream()
            .anyMatch(cost -> cost.codec() == CodecCase.OPUS && cost.beside().isPresent());
    report.note(
        withC
            ? "Opus: mono, 32 kbit/s, complexity 5; libopus from C is the library that codec.opus"
                + " embeds, with the same frames and settings."
            : "Not compared with libopus called from C: " + NativeProgram.NO_COMPILER + ".");
  }

  private static String chart(List<CodecCost> costs) {
    BarChart chart = new BarChart("Times real time on one core");
    for (CodecCost cost : costs) {
      double peer = cost.beside().map(b -> cost.frameMs() * 1e6 / b.ns().median()).orElse(0.0);
      chart.add(cost.title(), cost.timesRealTime(), peer);
    }
    return chart.svg("Media Core", "ffmpeg, or libopus called from C");
  }
}
