package org.mediacore.bench.codec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mediacore.bench.codec.CodecCost.Beside;

/** Measures halves of codecs and their peers, in turns. */
final class CodecMeter {
  private final Path folder;
  private final Peers peers;
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
    rounds = quick ? 3 : 11;
    warmUpNs = quick ? 0.4e9 : 3e9;
    runNs = quick ? 40e6 : 200e6;
  }

  /** How it is measured, for the report. */
  String describe() {
    return "median of "
        + rounds
        + " rounds, in each "
        + Math.round(runNs / 1e6)
        + " ms of CPU time here, then the native program; after "
        + warmUpNs / 1e9
        + " s of warm-up";
  }

  /** Measures one half; its material is there. */
  CodecCost measure(
      CodecCase codec, CodecCase.Agreed agreed, CodecMaterial material, Direction direction)
      throws IOException {
    try (FrameServer server = FrameServer.java(codec, direction, folder.toString())) {
      int frames = warmUp(server);
      Optional<Peer> peer = peers.of(codec, agreed, material, direction, frames);
      List<Double> ns = new ArrayList<>();
      List<Double> bytes = new ArrayList<>();
      List<Double> peerNs = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      try {
        for (int round = 0; round < rounds; round++) {
          FrameServer.Cost cost = server.run(frames);
          ns.add(cost.ns());
          bytes.add(cost.bytes());
          if (peer.isPresent()) {
            peerNs.add(peer.get().nsPerFrame());
            ratios.add(cost.ns() / peerNs.get(round));
          }
        }
      } finally {
        peer.ifPresent(Peer::close);
      }
      return new CodecCost(
          codec,
          direction,
          agreed.parameters().samplesPerFrame() * 1e3 / agreed.sampleRateHz(),
          agreed.parameters().samplesPerFrame(),
          Spread.of(ns),
          Spread.of(bytes).median(),
          peer.map(p -> new Beside(p.title(), Spread.of(peerNs), Spread.of(ratios))));
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
