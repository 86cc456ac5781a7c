package org.mediacore.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Loads a running platform with calls and measures it.
 *
 * <p>Loss and added latency are known where packets come back as they were sent: relayed, or
 * decoded and encoded again as G.711. Elsewhere the platform's own sequence numbers tell of losses.
 */
public final class LoadGenerator {
  /** Printed when the measurement begins, for who watches the platform meanwhile. */
  public static final String BEGIN_LINE = "measuring";

  /** Printed when the measurement ends. */
  public static final String END_LINE = "measured";

  private static final long NS_PER_S = 1_000_000_000L;
  private static final long DRAIN_NS = 500_000_000L;

  private final LoadOptions options;
  private final PrintStream out;

  /**
   * Prepares a run.
   *
   * @param options what to do
   * @param out where progress is told
   */
  public LoadGenerator(LoadOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs from the command line. Exit code 0; 1 if calls failed; 2 if an option is wrong.
   *
   * @param arguments see {@link LoadOptions#HELP}
   */
  public static void main(String[] arguments) {
    if (List.of(arguments).contains("--help")) {
      System.out.print(LoadOptions.HELP);
      return;
    }
    try {
      LoadReport report = new LoadGenerator(LoadOptions.parse(arguments), System.out).run();
      System.out.println(report.lines());
      System.out.println(report.json());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(LoadOptions.HELP);
      System.exit(2);
    } catch (IOException e) {
      System.err.println("load generator: " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Sets the calls up, sends, measures and ends the calls, on the calling thread.
   *
   * @throws IOException if a call cannot be set up, or a socket fails; calls that were up are ended
   */
  public LoadReport run() throws IOException {
    Map<MediaCodec, PayloadFrames> payloads = new EnumMap<>(MediaCodec.class);
    for (MediaCodec codec : options.codecs()) {
      payloads.put(codec, PayloadFrames.of(codec));
    }
    try (MediaSockets sockets = new MediaSockets(options.address(), options.sockets());
        SipClient sip = new SipClient(options.address(), options.sip())) {
      try {
        LoadReport report = measure(sockets, sip, payloads);
        return report.with("ended_early", sip.hangUp());
      } catch (IOException failed) {
        sip.hangUp();
        throw failed;
      }
    }
  }

  private LoadReport measure(
      MediaSockets sockets, SipClient sip, Map<MediaCodec, PayloadFrames> payloads)
      throws IOException {
    long beginNs = System.nanoTime();
    Leg[] legs = options.ports() > 0 ? direct(sockets) : call(sockets, sip);
    long setupMs = (System.nanoTime() - beginNs) / 1_000_000;
    out.println(legs.length + " legs are up after " + setupMs + " ms");
    MediaPump pump = new MediaPump(sockets, legs, payloads, sip::poll);
    pump.run(options.warmupSeconds() * NS_PER_S);
    ResourceUsage from = ResourceUsage.now(options.pid());
    pump.beginMeasurement();
    out.println(BEGIN_LINE);
    long startNs = System.nanoTime();
    pump.run(options.seconds() * NS_PER_S);
    long measuredNs = System.nanoTime() - startNs;
    long received = pump.received(); // who is mixed goes on receiving
    out.println(END_LINE);
    ResourceUsage to = ResourceUsage.now(options.pid());
    pump.drain(DRAIN_NS);
    return LoadReport.of(options, legs, pump, from, to, measuredNs, received);
  }

  /** Legs of a relay that knows no SIP: their ports are known, and the first packet tells ours. */
  private Leg[] direct(MediaSockets sockets) {
    Leg[] legs = new Leg[options.legs()];
    for (int i = 0; i < legs.length; i++) {
      MediaCodec codec = options.codec(i);
      legs[i] =
          new Leg(
              i,
              i % sockets.count(),
              new InetSocketAddress(options.sip().getAddress(), options.ports() + 2 * i),
              codec.payloadType(),
              codec,
              options.source(i));
    }
    return legs;
  }

  private Leg[] call(MediaSockets sockets, SipClient sip) throws IOException {
    List<SipDialog> dialogs = new ArrayList<>();
    for (int i = 0; i < options.legs(); i++) {
      int port = sockets.port(i % sockets.count());
      String offer = options.codec(i).offer(options.address(), port);
      dialogs.add(sip.add(options.user(i), offer));
    }
    sip.establish(options.callsPerSecond());
    Leg[] legs = new Leg[dialogs.size()];
    for (int i = 0; i < legs.length; i++) {
      legs[i] = leg(i, dialogs.get(i), sockets.count());
    }
    return legs;
  }

  private Leg leg(int index, SipDialog dialog, int sockets) throws IOException {
    CallSet.Answer answer = CallSet.Answer.of(dialog.answer, options.sip().getAddress());
    return new Leg(
        index,
        index % sockets,
        answer.remote(),
        answer.payloadType(),
        options.codec(index),
        options.source(index));
  }
}
