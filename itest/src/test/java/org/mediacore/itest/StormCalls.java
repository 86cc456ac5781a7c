package org.mediacore.itest;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.session.MediaManager;
import org.mediacore.itest.StormLeg.Voice;

/**
 * A hundred calls of all kinds, driven by one thread: bridges with and without transcoding, rooms,
 * echoes in every codec, players and recorders.
 */
final class StormCalls implements AutoCloseable {
  private static final int RELAYS = 20;
  private static final int TRANSCODES = 10;
  private static final int ROOMS = 4;
  private static final int ECHOES_EACH = 2;
  private static final int FILES = 4;
  private static final List<Voice> ROOM =
      List.of(Voice.PCMU, Voice.PCMU, Voice.PCMA, Voice.G722, Voice.OPUS);
  private static final long TURN_NS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long STOP_WITHIN_MS = 10_000;

  private final List<StormLeg> legs = new CopyOnWriteArrayList<>();
  private final Selector selector = Selector.open();
  private final Thread generator = new Thread(this::run, "storm-calls");
  private volatile boolean stopping;
  private volatile long latestNs;
  private volatile Exception broken;

  /**
   * Sets up all calls.
   *
   * @param file the name of a file that can be played
   */
  StormCalls(MediaManager manager, String file)
      throws IOException, MediaSetupException, EndpointException {
    generator.setDaemon(true);
    generator.start();
    for (int i = 0; i < RELAYS; i++) {
      addBridge(manager, "bridge-relay" + i, Voice.PCMU, Voice.PCMU);
    }
    for (int i = 0; i < TRANSCODES; i++) {
      addBridge(manager, "bridge-transcode" + i, Voice.PCMU, Voice.OPUS);
    }
    for (int i = 0; i < ROOMS; i++) {
      for (Voice voice : ROOM) {
        start(dial(manager, "conf-storm" + i, voice), Optional.empty());
      }
    }
    for (int i = 0; i < ECHOES_EACH; i++) {
      for (Voice voice : Voice.values()) {
        StormLeg leg = dial(manager, "echo", voice);
        start(leg, Optional.of(leg));
      }
    }
    for (int i = 0; i < FILES; i++) {
      start(dial(manager, "play-" + file, Voice.PCMA), Optional.empty());
      start(dial(manager, "record-storm", Voice.PCMU), Optional.empty());
    }
  }

  private void addBridge(MediaManager manager, String address, Voice one, Voice other)
      throws IOException, MediaSetupException, EndpointException {
    StormLeg first = dial(manager, address, one);
    StormLeg second = dial(manager, address, other);
    start(first, Optional.of(second));
    start(second, Optional.of(first));
  }

  private static StormLeg dial(MediaManager manager, String address, Voice voice)
      throws IOException, MediaSetupException, EndpointException {
    StormLeg leg = new StormLeg(voice, address);
    leg.dial(manager);
    return leg;
  }

  private void start(StormLeg leg, Optional<StormLeg> comesOut) throws IOException {
    leg.channel().register(selector, SelectionKey.OP_READ, leg);
    leg.start(comesOut, System.nanoTime());
    legs.add(leg);
  }

  private void run() {
    try {
      while (!stopping) {
        long nowNs = System.nanoTime();
        for (StormLeg leg : legs) {
          latestNs = Math.max(latestNs, leg.turn(nowNs));
        }
        selector.selectNow(this::drain);
        LockSupport.parkNanos(TURN_NS);
      }
    } catch (IOException | RuntimeException e) {
      broken = e;
    }
  }

  private void drain(SelectionKey key) {
    try {
      ((StormLeg) key.attachment()).drain(System.nanoTime());
    } catch (IOException e) {
      broken = e;
    }
  }

  List<StormLeg> legs() {
    return legs;
  }

  /** A count of all legs together. */
  long sum(ToLongFunction<StormLeg> count) {
    return legs.stream().mapToLong(count).sum();
  }

  /** The longest time between two packets of a call. */
  long largestGapNs() {
    return legs.stream().mapToLong(StormLeg::largestGapNs).max().orElse(0);
  }

  /** How late this side's packets were at most. */
  long latestNs() {
    return latestNs;
  }

  /** What is wrong so far, one line each. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    if (broken != null) {
      wrong.add("the calls' own thread: " + broken);
    }
    legs.forEach(leg -> wrong.addAll(leg.wrong()));
    return wrong;
  }

  /** Stops sending; the sessions stay. Everything that came is counted then. */
  void stop() throws InterruptedException {
    stopping = true;
    generator.join(STOP_WITHIN_MS);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    stop();
    for (StormLeg leg : legs) {
      leg.close();
    }
    selector.close();
  }
}
