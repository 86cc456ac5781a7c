package org.mediacore.bench.codec;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.mediacore.bench.platform.Cores;

/**
 * A program on the measured core that handles frames when told, and says what they took: {@link
 * CodecProbe}, and the one in C. Both are warm and take turns, so that a busy moment meets both.
 */
final class FrameServer implements AutoCloseable {
  private final List<String> command;
  private final Process process;
  private final BufferedReader answers;
  private final Writer orders;

  /**
   * What frames took.
   *
   * @param ns CPU time of a frame, in ns
   * @param bytes bytes allocated for a frame
   */
  record Cost(double ns, double bytes) {}

  /**
   * Starts it.
   *
   * @throws IOException where it does not say {@code ready}
   */
  FrameServer(List<String> command) throws IOException {
    this.command = command;
    process =
        new ProcessBuilder(Cores.pinned(Cores.measured(), command))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII);
    String said = answers.readLine();
    if (!"ready".equals(said)) {
      close();
      throw new IOException(command + " did not start: " + said);
    }
  }

  /** Half of a codec of the platform, in a Java machine of its own. */
  static FrameServer java(CodecCase codec, Direction direction, String folder) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of("-XX:+UseSerialGC", "-Xms128m", "-Xmx128m", "-XX:-UsePerfData"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CodecProbe.class.getName(), codec.name(), direction.name(), folder));
    return new FrameServer(command);
  }

  /** Handles frames. */
  Cost run(int frames) throws IOException {
    orders.write(frames + "\n");
    orders.flush();
    String said = answers.readLine();
    if (said == null) {
      throw new IOException(command + " ended");
    }
    String[] words = said.split(" ");
    return new Cost(Double.parseDouble(words[0]) / frames, Double.parseDouble(words[1]) / frames);
  }

  /** Ends it. */
  @Override
  public void close() {
    process.destroy();
  }
}
