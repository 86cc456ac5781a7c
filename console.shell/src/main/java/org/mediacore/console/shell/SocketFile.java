package org.mediacore.console.shell;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The socket of the shell. It stands in a directory that only the owner can enter, made before the
 * socket is bound, so that there is no moment in which another user could connect.
 */
final class SocketFile {
  /**
   * What sun_path of a Unix-domain address holds on Linux, without the ending zero; macOS has 103.
   */
  static final int MAX_PATH_BYTES = 103;

  private static final int BACKLOG = 8;

  private SocketFile() {}

  /**
   * Makes the directory private, removes what an earlier run left, and binds.
   *
   * @throws IOException when that is not possible; the message says why
   */
  static ServerSocketChannel bind(Path file) throws IOException {
    int lengthBytes = file.toString().getBytes(StandardCharsets.UTF_8).length;
    if (lengthBytes > MAX_PATH_BYTES) {
      throw new SocketException(
          "the path has "
              + lengthBytes
              + " bytes, a socket's may have "
              + MAX_PATH_BYTES
              + "; choose a home with a shorter path");
    }
    makePrivate(file.getParent());
    Files.deleteIfExists(file);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(file), BACKLOG);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /**
   * What tells this socket from another one that has its name, such as that of a newer version of
   * this bundle beside this one; empty where there is none.
   */
  static Optional<Object> identity(Path file) {
    try {
      return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static void makePrivate(Path directory) throws IOException {
    Set<PosixFilePermission> owner =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);
    Files.createDirectories(directory.getParent());
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(owner));
    }
    Files.setPosixFilePermissions(directory, owner);
  }
}
