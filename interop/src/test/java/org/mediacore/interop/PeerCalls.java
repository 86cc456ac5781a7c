package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Calls with programs that know RTP and no SIP, all up at the same time. Each is one side of a
 * bridge or a room of its own, a phone with L16 at 48 kHz is the other one; each has a tone of its
 * own.
 */
final class PeerCalls {
  static final Duration CALL = Duration.ofSeconds(3);
  static final double PEAK = 0.25;
  private static final Duration LEAST_HEARD = CALL.minusMillis(40);
  private static final Duration AT_MOST = Duration.ofSeconds(40);

  private final Path folder;
  private final RawSip sip;
  private final boolean inRooms;
  private int bridges;

  /**
   * @param folder where the programs' files go
   * @param sip calls the platform
   */
  PeerCalls(Path folder, RawSip sip) {
    this(folder, sip, false);
  }

  /**
   * @param inRooms whether they meet in rooms, where a clock pulls what they say, instead of
   *     bridges, which pass it on as it comes
   */
  PeerCalls(Path folder, RawSip sip, boolean inRooms) {
    this.folder = folder;
    this.sip = sip;
    this.inRooms = inRooms;
  }

  /** Starts a program that receives what an offer says. */
  interface Listener {
    RtpPeer start(Path folder, String name, String sdp);
  }

  /** Starts a program that sends a tone. */
  interface Speaker {
    RtpPeer start(Path folder, String name, double toneHz, int port, int toPort);
  }

  /** A session description of a program that will send a tone. */
  interface Description {
    String of(Path folder, String name, double toneHz, int port);
  }

  /**
   * A program that receives.
   *
   * @param rateHz the sampling rate at which it writes
   * @param map payload type and rtpmap, such as {@code 97 AMR/8000}
   * @param fmtp format parameters, or nothing
   */
  record Listening(
      String program, String codec, int rateHz, String map, String fmtp, Listener listener) {}

  /** A program that sends. */
  record Speaking(String program, String codec, Description description, Speaker speaker) {}

  /**
   * What was heard.
   *
   * @param weSend whether the program received
   * @param toneHz what was said
   * @param verdict what came of it
   * @param whole whether no packet was missing or out of place; told by the phone alone
   * @param context explains a failure
   */
  record Outcome(
      String program,
      String codec,
      boolean weSend,
      double toneHz,
      ToneJudge.Verdict verdict,
      boolean whole,
      String context) {}

  /** The media lines of an offer. */
  static String[] media(int port, String map, String fmtp, String direction) {
    String type = map.substring(0, map.indexOf(' '));
    List<String> lines = new ArrayList<>();
    lines.add("m=audio " + port + " RTP/AVP " + type);
    lines.add("a=rtpmap:" + map);
    if (!fmtp.isEmpty()) {
      lines.add("a=fmtp:" + type + " " + fmtp);
    }
    lines.add("a=" + direction);
    return lines.toArray(String[]::new);
  }

  /** Phones say tones to programs. */
  List<Outcome> listen(List<Listening> programs) {
    List<Line> lines = new ArrayList<>();
    try {
      for (Listening program : programs) {
        Line line = new Line(lines.size());
        lines.add(line);
        line.offer = sip.offer(media(line.port, program.map(), program.fmtp(), "recvonly"));
        line.peer = program.listener().start(folder, line.bridge, line.offer);
      }
      for (Line line : lines) {
        line.peer.awaitListening(line.port);
        line.dial();
      }
      Conversation.run(phones(lines), AT_MOST);
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        outcomes.add(lines.get(i).heardBy(programs.get(i)));
        lines.get(i).call.bye();
      }
      return outcomes;
    } finally {
      lines.forEach(Line::close);
    }
  }

  /** Programs say tones to phones. */
  List<Outcome> speak(List<Speaking> programs) {
    List<Line> lines = new ArrayList<>();
    try {
      for (Speaking program : programs) {
        Line line = new Line(lines.size());
        lines.add(line);
        line.offer = program.description().of(folder, line.bridge, line.toneHz, line.port);
        line.dial();
      }
      for (int i = 0; i < lines.size(); i++) {
        Line line = lines.get(i);
        Speaker speaker = programs.get(i).speaker();
        line.peer = speaker.start(folder, line.bridge, line.toneHz, line.port, line.toPort);
        Conversation.take(phones(lines)); // those who speak already must not fill the sockets
      }
      listen(phones(lines), () -> lines.stream().noneMatch(line -> line.peer.isRunning()));
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        outcomes.add(lines.get(i).saidBy(programs.get(i)));
        lines.get(i).call.bye();
      }
      return outcomes;
    } finally {
      lines.forEach(Line::close);
    }
  }

  /** A program says a tone to a phone while something else happens, whose end is waited for. */
  Outcome speak(Speaking program, Runnable meanwhile) {
    Line line = new Line(0);
    try {
      line.offer = program.description().of(folder, line.bridge, line.toneHz, line.port);
      line.dial();
      line.peer = program.speaker().start(folder, line.bridge, line.toneHz, line.port, line.toPort);
      CompletableFuture<Void> done = CompletableFuture.runAsync(meanwhile);
      listen(List.of(line.phone), () -> !line.peer.isRunning() && done.isDone());
      done.join();
      Outcome outcome = line.saidBy(program);
      line.call.bye();
      return outcome;
    } finally {
      line.close();
    }
  }

  private void listen(List<Phone> phones, BooleanSupplier over) {
    if (inRooms) {
      Conversation.listenInRoom(phones, AT_MOST, over);
    } else {
      Conversation.listen(phones, AT_MOST, over);
    }
  }

  private static List<Phone> phones(List<Line> lines) {
    return lines.stream().map(line -> line.phone).toList();
  }

  /** One bridge or room with a phone and a program. */
  private final class Line {
    private final String bridge = (inRooms ? "conf-" : "bridge-") + ++bridges;
    private final int port = Ports.block(2);
    private final Phone phone = new Phone(PhoneCodecs.transparent(), sip);
    private final RawSip.Call call = sip.call(bridge);
    private final double toneHz;
    private String offer;
    private int toPort;
    private RtpPeer peer;

    Line(int number) {
      toneHz = PeerCalls.toneHz(number);
    }

    /** The phone calls, and then the program's offer. */
    void dial() {
      phone.dial(bridge);
      phone.prepare(toneHz, PEAK, CALL);
      toPort = accepted(call.invite(offer), offer);
    }

    Outcome heardBy(Listening program) {
      Recording heard = peer.heard(LEAST_HEARD, program.rateHz());
      return new Outcome(
          program.program(),
          program.codec(),
          true,
          toneHz,
          ToneJudge.judge(heard, toneHz),
          true,
          peer.context());
    }

    Outcome saidBy(Speaking program) {
      peer.awaitEnd();
      RtpStream.Decoded stream = phone.heard();
      return new Outcome(
          program.program(),
          program.codec(),
          false,
          toneHz,
          ToneJudge.judge(stream.heard(), toneHz),
          stream.isWhole(),
          stream.counts() + "\n" + peer.context());
    }

    void close() {
      phone.close();
      if (peer != null) {
        peer.close();
      }
    }
  }

  /** The tone of one of the calls that are up together. */
  static double toneHz(int call) {
    return 325 + 50 * call;
  }

  /** The port of an answer. */
  private static int accepted(RawSip.Message answer, String offer) {
    assertEquals(200, answer.status(), () -> offer + "\n" + answer.text());
    String media =
        answer.body().lines().filter(line -> line.startsWith("m=audio ")).findFirst().orElseThrow();
    int port = Integer.parseInt(media.split(" ")[1]);
    assertTrue(port > 0, () -> offer + "\n" + answer.text());
    return port;
  }
}
