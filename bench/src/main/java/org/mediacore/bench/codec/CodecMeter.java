package org.mediacore.bench.codec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mediacore.bench.codec.CodecCost.Beside;

/**
 * Measures halves of codecs and their peers, in turns. Each in several Java machines one after the
 * other, since what the compiler decides differs from one to the next.
 */
final class CodecMeter {
  private final Path folder;
  private final Peers peers;
  private final int machines;
  private final int rounds;
  private final double warmUpNs;
  private final double runNs;

  /**
   * @param folder for the files
   * @param quick whether a rough figure is enough
   */
  CodecMeter(Path folder, Peers peers, boolean quick) {
    this.folder = folder;
    this.peers = peers;
    machines = quick ? 1 : 3;
    rounds = quick ? 3 : 4;
    warmUpNs = quick ? 0.4e9 : 2e9;
    runNs = quick ? 40e6 : 200e6;
  }

  /** How it is measured, for the report. */
  String describe() {
    return "median of "
        + machines * rounds
        + " rounds in "
        + machines
        + " Java machines, in each "
        + Math.round(runNs / 1e6)
        + " ms of CPU time here, then the native program; after "
        + warmUpNs / 1e9
        + " s of warm-up";
  }

  /** Measures one half; its material is there. */
  CodecCost measure(
      CodecCase codec, CodecCase.Agreed agreed, CodecMaterial material, Direction direction)
      throws IOException {
    Rounds found = new Rounds();
    for (int machine = 0; machine < machines; machine++) {
      try (FrameServer server = FrameServer.java(codec, direction, folder.toString())) {
        int frames = warmUp(server);
        Optional<Peer> peer = peers.of(codec, agreed, material, direction, frames);
        try {
          found.add(server, frames, peer, rounds);
        } finally {
          peer.ifPresent(Peer::close);
        }
      }
    }
    return new CodecCost(
        codec,
        direction,
        agreed.parameters().samplesPerFrame() * 1e3 / agreed.sampleRateHz(),
        agreed.parameters().samplesPerFrame(),
        Spread.of(found.ns),
        found.leastBytes(),
        found.beside());
  }

  /** What was found, round by round. */
  private static final class Rounds {
    private final List<Double> ns = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();
    private final List<Double> peerNs = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private String peerTitle = "";

    void add(FrameServer server, int frames, Optional<Peer> peer, int rounds) throws IOException {
      for (int round = 0; round < rounds; round++) {
        FrameServer.Cost cost = server.run(frames);
        ns.add(cost.ns());
        bytes.add(cost.bytes());
        if (peer.isPresent()) {
          double theirs = peer.get().nsPerFrame();
          peerTitle = peer.get().title();
          peerNs.add(theirs);
          ratios.add(cost.ns() / theirs);
        }
      }
    }

    /**
     * What every round allocated: once in a while the machine's own work is charged to a thread.
     */
    double leastBytes() {
      return bytes.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    Optional<Beside> beside() {
      return ratios.isEmpty()
          ? Optional.empty()
          : Optional.of(new Beside(peerTitle, Spread.of(peerNs), Spread.of(ratios)));
    }
  }

  /** Has everything compiled, and finds how many frames fill a run. */
  private int warmUp(FrameServer server) throws IOException {
    int frames = 8;
    double spent = 0;
    double ns = 0;
    while (spent < warmUpNs) {
      ns = server.run(frames).ns();
      spent += ns * frames;
      frames = (int) Math.min(2.0 * frames, Math.max(1, runNs / Math.max(ns, 1)));
    }
    return (int) Math.max(1, runNs / ns);
  }
}
