package org.mediacore.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A running baresip on the loopback interface. It speaks a tone from a WAV file, records what it
 * hears as WAV, answers calls by itself and is driven over its control port.
 */
final class Baresip implements AutoCloseable {
  /** Peak of the tone: three such tones still add up to less than full scale. */
  static final double TONE_PEAK = 0.25;

  private static final Duration TONE_LENGTH = Duration.ofSeconds(40);
  private static final Duration START = Duration.ofSeconds(10);
  private static final Duration SIGNALLING = Duration.ofSeconds(10);
  private static final Pattern PACKETS = Pattern.compile("packets:\\s+(\\d+)\\s+(\\d+)");
  private static final Pattern TERMINATED = Pattern.compile(": Call with .* terminated \\(");
  private static final String ENCODER = "audio: Set audio encoder: ";
  private static final String HEARD = "-dec.wav";
  private static final String SAID = "-enc.wav";
  private static final int RTP_PORTS = 16;
  private static final int SOURCE_RATE_HZ = 48_000;

  private final String name;
  private final Path folder;
  private final int sipPort;
  private final Program program;
  private final BaresipControl control;
  private int readFrom;

  private Baresip(String name, Path folder, int sipPort, Program program, BaresipControl control) {
    this.name = name;
    this.folder = folder;
    this.sipPort = sipPort;
    this.program = program;
    this.control = control;
  }

  /**
   * Starts baresip and waits until it can be commanded.
   *
   * @param parent a folder in which the peer gets its own
   * @param name the user part of its address, and of its folder's name
   * @param toneHz the tone it speaks
   * @param codecs what it offers and accepts in this order, as baresip writes it: {@code
   *     opus/48000/1}, {@code PCMU/8000/1}
   */
  static Baresip start(Path parent, String name, double toneHz, String... codecs) {
    Path executable = Peers.BARESIP.require();
    Path folder = parent.resolve(name);
    int sipPort = Ports.block(RTP_PORTS + 4); // baresip takes the next port for TLS
    int controlPort = sipPort + 2;
    try {
      Files.createDirectories(folder);
      Recording.tone(SOURCE_RATE_HZ, toneHz, TONE_PEAK, TONE_LENGTH)
          .write(folder.resolve("tone.wav"));
      Files.writeString(folder.resolve("config"), config(folder, sipPort, controlPort, codecs));
      Files.writeString(folder.resolve("accounts"), account(name, sipPort, codecs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Program program =
        Program.start(
            name,
            List.of(executable.toString(), "-4", "-s", "-f", folder.toString()),
            folder.resolve("log"),
            Map.of());
    try {
      program.awaitLog("baresip is ready", START);
      BaresipControl control = BaresipControl.connect(controlPort, name);
      return new Baresip(name, folder, sipPort, program, control);
    } catch (IOException e) {
      program.close();
      throw new UncheckedIOException(program.describe(), e);
    } catch (AssertionError e) {
      program.close();
      throw e;
    }
  }

  private static String config(Path folder, int sipPort, int controlPort, String... codecs) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "poll_method epoll",
                "sip_listen 127.0.0.1:" + sipPort,
                "net_interface 127.0.0.1",
                "rtp_ports " + (sipPort + 4) + "-" + (sipPort + 4 + RTP_PORTS - 1),
                "rtp_stats yes",
                "call_max_calls 4",
                "audio_source aufile," + folder.resolve("tone.wav"),
                "audio_player aubridge,nowhere",
                "audio_alert aubridge,nowhere",
                "ausrc_srate " + SOURCE_RATE_HZ,
                "ausrc_channels 1",
                "audio_buffer 20-160",
                "jitter_buffer_delay 5-10",
                "opus_bitrate 48000",
                "opus_stereo no",
                "opus_sprop_stereo no",
                "snd_path " + folder,
                "ctrl_tcp_listen 127.0.0.1:" + controlPort,
                "module_path /usr/lib/baresip/modules"));
    Arrays.stream(codecs)
        .map(Baresip::module)
        .distinct()
        .forEach(module -> lines.add("module " + module + ".so"));
    lines.addAll(
        List.of(
            "module aufile.so",
            "module aubridge.so",
            "module sndfile.so",
            "module_tmp uuid.so",
            "module_tmp account.so",
            "module_app ctrl_tcp.so",
            "module_app menu.so",
            "statmode_default off",
            "ringback_disabled yes",
            "menu_bell no"));
    return String.join("\n", lines) + "\n";
  }

  private static String module(String codec) {
    String encoding = codec.substring(0, codec.indexOf('/')).toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "pcmu", "pcma" -> "g711";
      default -> encoding;
    };
  }

  private static String account(String name, int sipPort, String... codecs) {
    return "<sip:"
        + name
        + "@127.0.0.1:"
        + sipPort
        + ">;regint=0;answermode=auto;audio_codecs="
        + String.join(",", codecs)
        + "\n";
  }

  /** The address under which others can call it. */
  String uri() {
    return "sip:" + name + "@127.0.0.1:" + sipPort;
  }

  /** Calls an address; see {@link #awaitEstablished} and {@link #awaitClosed}. */
  void dial(String uri) {
    control.send("dial", uri);
  }

  void hangUp() {
    control.send("hangup", "");
  }

  /** Puts the call on hold with a re-INVITE. */
  void hold() {
    control.send("hold", "");
  }

  /** Takes the call back from hold with a re-INVITE. */
  void resume() {
    control.send("resume", "");
  }

  /** Waits for the next answered call. */
  void awaitEstablished() {
    awaitEvent("CALL_ESTABLISHED");
  }

  /**
   * Waits for the end of a call.
   *
   * @return the reason that baresip gives, such as {@code 486 Busy Here}
   */
  String awaitClosed() {
    return BaresipControl.member(awaitEvent("CALL_CLOSED"), "param");
  }

  /** Waits for the next event of a type that no earlier call of this method has consumed. */
  private String awaitEvent(String type) {
    String[] found = new String[1];
    Waiting.until(
        name + " reports " + type,
        SIGNALLING,
        () -> {
          List<String> messages = control.messages();
          while (readFrom < messages.size() && found[0] == null) {
            String message = messages.get(readFrom++);
            String actual = BaresipControl.member(message, "type");
            if (actual.equals(type)) {
              found[0] = message;
            } else if (actual.equals("CALL_CLOSED")) {
              throw new AssertionError(
                  name + ": the call ended instead of " + type + ": " + message + "\n" + context());
            }
          }
          return found[0] != null;
        },
        this::context);
    return found[0];
  }

  /** Waits until at least that much sound has been sent in the latest call. */
  void awaitSaid(Duration length) {
    Waiting.until(
        name + " has sent " + length.toMillis() + " ms of sound",
        length.plusSeconds(8),
        () -> latest(SAID).filter(said -> said.length().compareTo(length) >= 0).isPresent(),
        this::context);
  }

  /** Waits until at least that much sound has been received in the latest call. */
  void awaitHeard(Duration length) {
    Waiting.until(
        name + " has received " + length.toMillis() + " ms of sound",
        length.plusSeconds(8),
        () -> latest(HEARD).filter(heard -> heard.length().compareTo(length) >= 0).isPresent(),
        this::context);
  }

  /**
   * Waits until a tone has been heard for that long, alone or beside others.
   *
   * @param presentShare the share of the energy from which the tone counts as there
   */
  void awaitTone(double toneHz, double presentShare, Duration length) {
    Waiting.until(
        name + " has heard " + toneHz + " Hz for " + length.toMillis() + " ms",
        length.plusSeconds(8),
        () ->
            latest(HEARD)
                .map(heard -> ToneJudge.judge(heard, toneHz, presentShare).lengthMs())
                .filter(lengthMs -> lengthMs >= length.toMillis())
                .isPresent(),
        this::context);
  }

  /** Waits until nothing has been received for that long. */
  void awaitQuiet(Duration quiet) {
    long[] lastGrowthNs = {System.nanoTime()};
    Duration[] length = {heard().length()};
    Waiting.until(
        name + " receives nothing for " + quiet.toMillis() + " ms",
        SIGNALLING,
        () -> {
          Duration now = heard().length();
          if (!now.equals(length[0])) {
            length[0] = now;
            lastGrowthNs[0] = System.nanoTime();
          }
          return System.nanoTime() - lastGrowthNs[0] > quiet.toNanos();
        },
        this::context);
  }

  /** What it has heard in the latest call so far. */
  Recording heard() {
    return latest(HEARD)
        .orElseThrow(() -> new AssertionError(name + " has recorded nothing\n" + context()));
  }

  /** The newest recording; its name has date and time. */
  private Optional<Recording> latest(String suffix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .max(Comparator.naturalOrder())
          .filter(file -> file.toFile().length() > 0)
          .map(Recording::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The packets of the latest ended call, as baresip counted them.
   *
   * @param sent sent by baresip
   * @param received received by baresip
   */
  record Packets(int sent, int received) {}

  /** Reads the statistics that baresip prints behind the end of a call. */
  Packets packets() {
    Waiting.until(
        name + " prints the statistics of each call that has ended",
        SIGNALLING,
        () -> {
          long printed = PACKETS.matcher(program.log()).results().count();
          return printed > 0 && printed >= TERMINATED.matcher(program.log()).results().count();
        },
        this::context);
    MatchResult last =
        PACKETS.matcher(program.log()).results().reduce((former, next) -> next).orElseThrow();
    return new Packets(Integer.parseInt(last.group(1)), Integer.parseInt(last.group(2)));
  }

  /** Whether the latest call sends with that codec, named as baresip does: {@code opus}. */
  boolean sendsWith(String encoding) {
    String log = program.log();
    int at = log.lastIndexOf(ENCODER);
    return at >= 0 && log.startsWith(encoding + " ", at + ENCODER.length());
  }

  /** Log and events, for a failure's message. */
  String context() {
    return program.describe()
        + "\n--- events of "
        + name
        + " "
        + control.end()
        + "\n"
        + String.join("\n", control.messages());
  }

  @Override
  public void close() {
    control.close();
    program.close();
  }
}
