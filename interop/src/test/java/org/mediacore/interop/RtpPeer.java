package org.mediacore.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * ffmpeg or GStreamer, sending or receiving RTP by itself. Everything they write goes into the
 * folder that is given, and they never outlive the test.
 */
final class RtpPeer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(15);
  private static final Duration REST = Duration.ofSeconds(10);
  private static final Duration END = Duration.ofSeconds(10);

  /** Of GStreamer's jitter buffer: what a busy machine may hold up. */
  private static final int LATENCY_MS = 1_000;

  private static final long QUIET_NS = Duration.ofMillis(400).toNanos();
  private static final int WAV_HEADER_BYTES = 44;

  private final Program program;
  private final Path wav;

  private RtpPeer(Program program, Path wav) {
    this.program = program;
    this.wav = wav;
  }

  /** ffmpeg receives what a session description says, and writes it as it is decoded. */
  static RtpPeer ffmpegListens(Path folder, String name, String sdp) {
    Path wav = folder.resolve(name + ".wav");
    List<String> command = ffmpeg();
    command.addAll(List.of("-protocol_whitelist", "file,udp,rtp"));
    command.addAll(List.of("-i", write(folder, name, sdp).toString()));
    command.addAll(List.of("-c:a", "pcm_s16le", "-flush_packets", "1", wav.toString()));
    return start(folder, name, command);
  }

  /**
   * GStreamer receives what a session description says.
   *
   * @param decoder elements from RTP packets to audio, such as {@code rtpamrdepay ! amrnbdec}
   */
  static RtpPeer gstreamerListens(Path folder, String name, String sdp, String decoder) {
    Path wav = folder.resolve(name + ".wav");
    String pipeline =
        ("filesrc location=" + write(folder, name, sdp))
            + (" ! sdpdemux name=session latency=" + LATENCY_MS + " session. ! " + decoder)
            + " ! audioconvert ! audio/x-raw,format=S16LE,channels=1 ! wavenc"
            + (" ! filesink buffer-mode=unbuffered location=" + wav);
    return start(folder, name, gstreamer(pipeline));
  }

  private static RtpPeer start(Path folder, String name, List<String> command) {
    Path log = folder.resolve(name + ".log");
    return new RtpPeer(Program.start(name, command, log, Map.of()), folder.resolve(name + ".wav"));
  }

  /** Waits until it has that port. */
  void awaitListening(int port) {
    Waiting.until(
        "it listens on " + port,
        START,
        () -> isBound(port) || !program.isAlive(),
        program::describe);
    assertTrue(program.isAlive(), program::describe);
  }

  /**
   * The session description with which ffmpeg would send, as ffmpeg writes it.
   *
   * @param options codec and payload type, such as {@code -c:a g722}
   */
  static String ffmpegDescribes(Path folder, String name, Recording tone, String... options) {
    Path file = folder.resolve(name + ".sdp");
    Path wav = folder.resolve(name + "-sample.wav");
    new Recording(tone.sampleRateHz(), Arrays.copyOf(tone.pcm(), 4_800)).write(wav);
    List<String> command = ffmpeg();
    command.addAll(List.of("-i", wav.toString()));
    command.addAll(List.of(options));
    command.addAll(List.of("-f", "rtp", "-sdp_file", file.toString()));
    command.add("rtp://127.0.0.1:" + Ports.block(2));
    try (Program program =
        Program.start(name, command, folder.resolve(name + "-sdp.log"), Map.of())) {
      assertEquals(0, program.awaitExit(END), program::describe);
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** ffmpeg decodes a file. */
  static Recording ffmpegDecodes(Path folder, String name, Path coded) {
    Path wav = folder.resolve(name + ".wav");
    List<String> command = ffmpeg();
    command.addAll(List.of("-i", coded.toString(), "-c:a", "pcm_s16le", wav.toString()));
    try (Program program = Program.start(name, command, folder.resolve(name + ".log"), Map.of())) {
      assertEquals(0, program.awaitExit(END), program::describe);
    }
    return Recording.read(wav);
  }

  /**
   * ffmpeg sends a recording at its own pace, and ends.
   *
   * @param localPort where it sends from; RTCP from the next one
   * @param toPort where to
   * @param options as for {@link #ffmpegDescribes}
   */
  static RtpPeer ffmpegSpeaks(
      Path folder, String name, Recording tone, int localPort, int toPort, String... options) {
    Path wav = folder.resolve(name + "-says.wav");
    tone.write(wav);
    List<String> command = ffmpeg();
    command.addAll(List.of("-re", "-i", wav.toString()));
    command.addAll(List.of(options));
    command.addAll(List.of("-f", "rtp"));
    command.add(
        ("rtp://127.0.0.1:" + toPort + "?localrtpport=" + localPort)
            + ("&localrtcpport=" + (localPort + 1)));
    return start(folder, name, command);
  }

  /**
   * GStreamer sends a tone at its own pace, and ends.
   *
   * @param source elements from nothing to RTP packets
   */
  static RtpPeer gstreamerSpeaks(
      Path folder, String name, int localPort, int toPort, String source) {
    String pipeline =
        (source + " ! udpsink host=127.0.0.1 port=" + toPort)
            + (" bind-address=127.0.0.1 bind-port=" + localPort);
    return start(folder, name, gstreamer(pipeline));
  }

  private static List<String> ffmpeg() {
    String program = Peers.FFMPEG.require().toString();
    return new ArrayList<>(
        List.of(program, "-hide_banner", "-nostdin", "-nostats", "-loglevel", "info", "-y"));
  }

  private static List<String> gstreamer(String pipeline) {
    List<String> command = new ArrayList<>();
    command.add(Peers.GSTREAMER.require().toString());
    command.add("-e"); // an interrupt ends the stream in order
    command.addAll(List.of(pipeline.split(" ")));
    return command;
  }

  private static Path write(Path folder, String name, String sdp) {
    try {
      return Files.writeString(folder.resolve(name + ".sdp"), sdp);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether somebody has that UDP port; see proc(5), /proc/net/udp. */
  private static boolean isBound(int port) {
    String local = ":%04X ".formatted(port);
    try (Stream<String> lines = Files.lines(Path.of("/proc/net/udp"))) {
      return lines.anyMatch(line -> line.indexOf(local) > 0 && line.indexOf(local) < 20);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isRunning() {
    return program.isAlive();
  }

  /** Waits until it has ended by itself, without a fault. */
  void awaitEnd() {
    assertEquals(0, program.awaitExit(END), program::describe);
  }

  /**
   * Waits until that much has been written and nothing more comes; returns all of it.
   *
   * @param sampleRateHz at which it writes
   */
  Recording heard(Duration atLeast, int sampleRateHz) {
    long enough = WAV_HEADER_BYTES + atLeast.toMillis() * sampleRateHz / 1_000 * 2;
    long[] last = {0, System.nanoTime()};
    Waiting.until(
        atLeast.toMillis() + " ms are heard and no more comes",
        REST,
        () -> {
          long size = size();
          if (size != last[0]) {
            last[0] = size;
            last[1] = System.nanoTime();
          }
          return size >= enough && System.nanoTime() - last[1] > QUIET_NS;
        },
        this::context);
    return Recording.read(wav);
  }

  private long size() {
    try {
      return Files.exists(wav) ? Files.size(wav) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its log, for a failure's message. */
  String context() {
    return size() + " bytes were written\n" + program.describe();
  }

  /** Ends it: ffmpeg that waits for packets notices the second interrupt only. */
  @Override
  public void close() {
    if (program.isAlive()) {
      program.interrupt();
      program.interrupt();
    }
    program.close();
  }
}
