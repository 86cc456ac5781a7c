package org.mediacore.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
  @TempDir Path temporary;

  private static Interpreter.Factory silent() {
    return out ->
        new Interpreter() {
          @Override
          public void execute(String line) {
            out.println("done");
          }

          @Override
          public void close() {}
        };
  }

  private static SocketChannel connect(Path file) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(file));
    return channel;
  }

  private static String ask(SocketChannel channel) throws IOException {
    channel.write(ByteBuffer.wrap("x\n".getBytes(StandardCharsets.UTF_8)));
    return answer(channel);
  }

  private static String answer(SocketChannel channel) throws IOException {
    StringBuilder text = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(1_024);
    while (!text.toString().matches("(?s).*\0\\d\n") && channel.read(buffer) >= 0) {
      text.append(StandardCharsets.UTF_8.decode(buffer.flip()));
      buffer.clear();
    }
    return text.toString();
  }

  @Test
  void onlyTheOwnerCanReachTheSocket() throws IOException {
    Path file = temporary.resolve("data/shell/shell.sock");
    Files.createDirectories(file.getParent());
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    try (ShellServer server = ShellServer.start(file, silent())) {
      assertEquals("rwx------", permissions(file.getParent()));
      assertEquals("rw-------", permissions(file));
    }
    assertFalse(Files.exists(file));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void leftoverOfAKilledRunIsReplaced() throws IOException {
    Path file = temporary.resolve("shell/shell.sock");
    SocketFile.bind(file).close();
    assertTrue(Files.exists(file), "a closed socket leaves its file");
    try (ShellServer server = ShellServer.start(file, silent());
        SocketChannel channel = connect(file)) {
      assertEquals("done\n\0000\n", ask(channel));
    }
  }

  @Test
  void tooLongPathIsRefusedInWords() {
    Path file = temporary.resolve("d".repeat(SocketFile.MAX_PATH_BYTES)).resolve("shell.sock");
    IOException e = assertThrows(IOException.class, () -> SocketFile.bind(file));
    assertTrue(e.getMessage().contains("a socket's may have 103"), e.getMessage());
  }

  @Test
  void oneConnectionMoreThanAllowedIsToldSo() throws IOException {
    Path file = temporary.resolve("shell/shell.sock");
    List<SocketChannel> channels = new ArrayList<>();
    try (ShellServer server = ShellServer.start(file, silent())) {
      for (int i = 0; i < ShellServer.MAX_CONNECTIONS; i++) {
        channels.add(connect(file));
        assertEquals("done\n\0000\n", ask(channels.get(i)));
      }
      try (SocketChannel last = connect(file)) {
        assertTrue(answer(last).startsWith("the shell has 8 connections already"));
      }
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  @Test
  void connectionIsToldThatTheShellEnds() throws IOException {
    Path file = temporary.resolve("shell/shell.sock");
    ShellServer server = ShellServer.start(file, silent());
    try (SocketChannel channel = connect(file)) {
      assertEquals("done\n\0000\n", ask(channel));
      server.close();
      String answer = answer(channel);
      assertTrue(answer.startsWith("this shell has ended: it is being replaced"), answer);
      assertTrue(answer.endsWith("connect again\n\0001\n"), answer);
    }
  }

  @Test
  void newerVersionBesideTakesTheSocketAndGivesItBack() throws IOException {
    Path file = temporary.resolve("shell/shell.sock");
    try (ShellServer older = ShellServer.start(file, silent());
        SocketChannel before = connect(file)) {
      ShellServer newer = ShellServer.start(file, silent());
      older.listenAgain();
      try (SocketChannel during = connect(file)) {
        assertEquals("done\n\0000\n", ask(during));
        newer.close();
        assertTrue(answer(during).startsWith("this shell has ended"), "it was the newer one's");
      }
      assertFalse(Files.exists(file));
      older.listenAgain();
      try (SocketChannel after = connect(file)) {
        assertEquals("done\n\0000\n", ask(after));
      }
      assertEquals("done\n\0000\n", ask(before), "its connections were left alone");
    }
  }

  @Test
  void olderVersionThatLeavesDoesNotTakeTheSocketOfTheNewer() throws IOException {
    Path file = temporary.resolve("shell/shell.sock");
    ShellServer older = ShellServer.start(file, silent());
    try (ShellServer newer = ShellServer.start(file, silent())) {
      older.close();
      older.listenAgain();
      try (SocketChannel channel = connect(file)) {
        assertEquals("done\n\0000\n", ask(channel));
      }
    }
    assertFalse(Files.exists(file));
  }
}
