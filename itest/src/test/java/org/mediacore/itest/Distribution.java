package org.mediacore.itest;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.vmOption;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** The distribution that the launcher starts, as options of the test container. */
final class Distribution {
  private Distribution() {}

  /**
   * All bundles at the start levels that the launcher gives them, a home of its own, free ports.
   *
   * @param home the name of the home, under the module's target folder
   * @param codecs how the codecs begin that are in home/deploy at the start; what else ships there
   *     always is
   */
  static Option in(String home, String... codecs) throws IOException {
    Path dist = Path.of(System.getProperty("mediacore.dist")).toAbsolutePath().normalize();
    Path directory = home(home);
    empty(directory);
    for (Path jar : jars(dist.resolve("deploy"))) {
      String name = jar.getFileName().toString();
      if (!name.startsWith("codec.") || Stream.of(codecs).anyMatch(name::startsWith)) {
        copy(jar, directory.resolve("deploy"));
      }
    }
    List<Option> options = new ArrayList<>();
    for (Path jar : jars(dist.resolve("bundles"))) {
      String name = jar.getFileName().toString();
      options.add(bundle(jar.toUri().toString()).startLevel(startLevel(name)));
    }
    options.add(junitBundles());
    options.add(frameworkStartLevel(4));
    options.add(frameworkProperty("org.mediacore.home").value(directory.toString()));
    options.add(frameworkProperty("org.osgi.framework.bsnversion").value("multiple"));
    options.add(frameworkProperty("felix.startlevel.bundle").value("2"));
    options.add(frameworkProperty("mediacore.dist").value(dist.toString()));
    options.add(
        frameworkProperty("org.mediacore.overrides").value("org.mediacore.signaling.sip/listen"));
    options.add(
        frameworkProperty("org.mediacore.override.org.mediacore.signaling.sip.listen")
            .value("127.0.0.1:" + freePort()));
    if (Runtime.version().feature() >= 22) {
      options.add(vmOption("--enable-native-access=ALL-UNNAMED"));
    }
    return composite(options.toArray(Option[]::new));
  }

  /** A home by its name. */
  static Path home(String name) {
    return Path.of(System.getProperty("mediacore.itest"), name).toAbsolutePath();
  }

  private static int startLevel(String jar) {
    if (jar.startsWith("signaling.")) {
      return 4;
    }
    return jar.startsWith("media.") ? 3 : jar.startsWith("deployer") ? 2 : 1;
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static List<Path> jars(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  static void copy(Path jar, Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.copy(jar, directory.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void empty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(directory);
  }
}
