package org.mediacore.bench.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mediacore.bench.platform.Cores;

/**
 * The ffmpeg program with a long file: its CPU time less that of a run which reads the same file
 * and codes nothing ({@code -c:a copy}). So its start, reading and writing are not counted; what
 * its pipeline does for a frame beside coding is.
 */
final class FfmpegPeer implements Peer {
  private static final Pattern TIMES = Pattern.compile("utime=([0-9.]+)s stime=([0-9.]+)s");

  private final List<String> input;
  private final List<String> coding;
  private final double frames;

  /**
   * @param input the arguments that name the file and its format
   * @param coding the arguments that have it coded
   * @param frames how many frames of ours that file holds
   */
  FfmpegPeer(List<String> input, List<String> coding, double frames) {
    this.input = input;
    this.coding = coding;
    this.frames = frames;
  }

  /** Whether there is such a program. */
  static boolean isInstalled() {
    try {
      run(List.of("-version"));
      return true;
    } catch (IOException missing) {
      return false;
    }
  }

  /** Has the program write a file. */
  static void convert(Path from, List<String> format, Path to, List<String> coding)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-v", "error", "-y"));
    arguments.addAll(format);
    arguments.addAll(List.of("-i", from.toString()));
    arguments.addAll(coding);
    arguments.add(to.toString());
    run(arguments);
  }

  @Override
  public String title() {
    return "ffmpeg";
  }

  @Override
  public double nsPerFrame() throws IOException {
    return (cpuNs(coding) - cpuNs(List.of("-c:a", "copy"))) / frames;
  }

  private double cpuNs(List<String> how) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-benchmark"));
    arguments.addAll(input);
    arguments.addAll(how);
    arguments.addAll(List.of("-f", "null", "-"));
    String said = run(arguments);
    Matcher times = TIMES.matcher(said);
    if (!times.find()) {
      throw new IOException("ffmpeg gave no times: " + said);
    }
    return (Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2))) * 1e9;
  }

  private static String run(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-hide_banner"));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(Cores.pinned(Cores.measured(), command))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + ": " + said);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return said;
  }

  @Override
  public void close() {}
}
