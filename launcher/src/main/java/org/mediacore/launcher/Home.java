package org.mediacore.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The home directory of one running platform. Holds a lock, so that no second one can use it. */
final class Home implements AutoCloseable {
  private final Path directory;
  private final FileChannel lockChannel;

  private Home(Path directory, FileChannel lockChannel) {
    this.directory = directory;
    this.lockChannel = lockChannel;
  }

  /**
   * Makes what is missing of the directory and locks it.
   *
   * @throws StartException when another platform runs in it
   */
  static Home open(Path directory) throws IOException, StartException {
    for (String child : new String[] {"conf", "deploy", "data"}) {
      Files.createDirectories(directory.resolve(child));
    }
    Path file = directory.resolve("data/lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new StartException(
          "home " + directory + " is in use by another running platform (lock " + file + ")");
    }
    return new Home(directory, channel);
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path directory() {
    return directory;
  }

  /** Where the container keeps its copies of bundles while it runs. */
  Path storage() {
    return directory.resolve("data/felix");
  }

  /**
   * Puts the distribution's conf/ and deploy/ files where an operator has not decided otherwise.
   */
  void seed(Path distribution) throws IOException {
    Seeds seeds = Seeds.load(directory.resolve("data/seeds.properties"));
    seeds.apply("conf", distribution.resolve("conf"), directory.resolve("conf"));
    seeds.apply("deploy", distribution.resolve("deploy"), directory.resolve("deploy"));
    seeds.save();
  }

  @Override
  public void close() throws IOException {
    lockChannel.close();
  }
}
