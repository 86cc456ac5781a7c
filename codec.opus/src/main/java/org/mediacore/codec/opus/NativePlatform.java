package org.mediacore.codec.opus;

import java.util.Locale;
import java.util.Optional;

/**
 * Which embedded libopus belongs to a machine.
 *
 * @param resource where it lies in the bundle, such as {@code linux/x64/org/lwjgl/opus/libopus.so}
 * @param suffix how the file name of a copy must end
 * @param openFlags how the dynamic linker is to open it; 0 for its default
 */
record NativePlatform(String resource, String suffix, int openFlags) {
  /**
   * RTLD_NOW | RTLD_DEEPBIND of glibc; RTLD_LOCAL is 0 there. Without them the functions of a
   * second copy would call into the first one, since libopus calls itself through exported names.
   */
  private static final int LINUX_FLAGS = 0x2 | 0x8;

  /** RTLD_NOW | RTLD_LOCAL; the two-level name space of macOS keeps copies apart. */
  private static final int MACOS_FLAGS = 0x2 | 0x4;

  /**
   * @param osName value of the system property {@code os.name}
   * @param osArch value of {@code os.arch}
   * @return empty where no libopus is embedded for it
   */
  static Optional<NativePlatform> of(String osName, String osArch) {
    Optional<String> arch =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> Optional.of("x64");
          case "aarch64", "arm64" -> Optional.of("arm64");
          default -> Optional.empty();
        };
    String os = osName.toLowerCase(Locale.ROOT);
    if (os.equals("linux")) {
      return arch.map(a -> embedded("linux/" + a, "libopus.so", ".so", LINUX_FLAGS));
    }
    if (os.startsWith("mac")) {
      return arch.map(a -> embedded("macos/" + a, "libopus.dylib", ".dylib", MACOS_FLAGS));
    }
    if (os.startsWith("windows")) {
      return arch.map(a -> embedded("windows/" + a, "opus.dll", ".dll", 0));
    }
    return Optional.empty();
  }

  private static NativePlatform embedded(String folder, String file, String suffix, int flags) {
    return new NativePlatform(folder + "/org/lwjgl/opus/" + file, suffix, flags);
  }
}
