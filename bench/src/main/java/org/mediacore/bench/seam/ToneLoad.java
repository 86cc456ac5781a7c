package org.mediacore.bench.seam;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mediacore.bench.load.CallSet;
import org.mediacore.bench.platform.Cores;
import org.mediacore.bench.platform.NativeProgram;

/** The media side of the calls: {@code tonecalls.c} as a process. For one thread. */
final class ToneLoad implements AutoCloseable {
  private static final int SOCKETS = 4;
  private static final int END_SECONDS = 60;

  private final Process process;
  private final BufferedReader says;
  private final Writer tell;
  private final Path spool;
  private final Path plan;
  private final List<Integer> ports;

  private ToneLoad(Process process, Path spool, Path plan) throws IOException {
    this.process = process;
    this.spool = spool;
    this.plan = plan;
    says = process.inputReader();
    tell = process.outputWriter();
    ports = Arrays.stream(expect("ports ").split(" ")).map(Integer::valueOf).toList();
  }

  /**
   * Opens its ports.
   *
   * @param address the local address, and that of the platform
   * @param watchedCores those on which a witness tells when the machine stood still
   * @throws IOException where there is no compiler, or the program fails
   */
  static ToneLoad open(String address, List<Integer> watchedCores) throws IOException {
    Path program =
        NativeProgram.compile("tonecalls")
            .orElseThrow(() -> new IOException(NativeProgram.NO_COMPILER));
    Path spool = Files.createTempFile("mediacore-tones-", ".spool");
    Path plan = Files.createTempFile("mediacore-tones-", ".plan");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program.toString(), address, "" + SOCKETS, spool.toString()));
    watchedCores.forEach(core -> command.add("" + core));
    Process process =
        new ProcessBuilder(Cores.pinned(Cores.measuring(), command))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new ToneLoad(process, spool, plan);
  }

  /** The local port that a leg's packets are to be sent to. */
  int port(int leg) {
    return ports.get(leg % ports.size());
  }

  /**
   * Begins to send.
   *
   * @param answers of the platform, one for each leg
   * @param materials of the legs
   */
  void start(List<CallSet.Answer> answers, List<ToneMaterial> materials) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(plan)))) {
      List<ToneMaterial> different = materials.stream().distinct().toList();
      out.writeInt(different.size());
      for (ToneMaterial material : different) {
        write(material, out);
      }
      out.writeInt(answers.size());
      for (int leg = 0; leg < answers.size(); leg++) {
        out.writeInt(leg % ports.size());
        out.writeInt(answers.get(leg).remote().getPort());
        out.writeInt(answers.get(leg).payloadType());
        out.writeInt(0x10000 + leg);
        out.writeInt(different.indexOf(materials.get(leg)));
      }
    }
    tell("start " + plan);
    expect("started");
  }

  private static void write(ToneMaterial material, DataOutputStream out) throws IOException {
    out.writeInt(material.codec().timestampStep());
    out.writeInt(material.payloads().size());
    for (byte[] payload : material.payloads()) {
      out.writeInt(payload.length);
      out.write(payload);
    }
  }

  /** What the program says of itself at its end. */
  record End(long sent, long lost, String priority) {}

  /** Ends sending and completes the spool. */
  End stop() throws IOException {
    tell("stop");
    String[] words = expect("sent ").split(" ");
    return new End(Long.parseLong(words[0]), Long.parseLong(words[2]), words[4]);
  }

  /** What was received; complete after {@link #stop}; gone after {@link #close}. */
  Path spool() {
    return spool;
  }

  private void tell(String line) throws IOException {
    tell.write(line + "\n");
    tell.flush();
  }

  private String expect(String begin) throws IOException {
    String line = says.readLine();
    if (line == null || !line.startsWith(begin)) {
      throw new IOException("tonecalls: wanted '" + begin + "', said: " + line);
    }
    return line.substring(begin.length()).trim();
  }

  @Override
  public void close() throws IOException {
    try {
      tell.close();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("tonecalls does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(spool);
      Files.deleteIfExists(plan);
    }
  }
}
