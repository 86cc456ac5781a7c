package org.mediacore.bench.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Small programs in C to compare with; compiled when they are needed. */
public final class NativeProgram {
  /** What is said where there is no compiler. */
  public static final String NO_COMPILER = "gcc is missing (Debian: apt install gcc libc6-dev)";

  private static final String SOURCES = "/org/mediacore/bench/";
  private static final int COMPILE_SECONDS = 60;

  private NativeProgram() {}

  /**
   * Compiles a program of this bundle with {@code gcc -O2}.
   *
   * @param name its file without {@code .c}
   * @return the executable; empty where there is no gcc
   * @throws IOException where gcc refuses it
   */
  public static Optional<Path> compile(String name) throws IOException {
    Path directory = Project.root().resolve("bench/target/native");
    Files.createDirectories(directory);
    Path source = directory.resolve(name + ".c");
    Path program = directory.resolve(name);
    try (InputStream in = NativeProgram.class.getResourceAsStream(SOURCES + name + ".c")) {
      Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> command =
        new ArrayList<>(List.of("gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-o"));
    command.addAll(List.of(program.toString(), source.toString(), "-ldl", "-lm"));
    Process gcc;
    try {
      gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException missing) {
      return Optional.empty();
    }
    String said = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!gcc.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS) || gcc.exitValue() != 0) {
        throw new IOException("gcc: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return Optional.of(program);
  }
}
