package org.mediacore.ffmpeg.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine that there are no libraries for, that is what is said. */
class OtherMachineTest {
  private static final String PLATFORM = "org.bytedeco.javacpp.platform";

  @TempDir Path folder;

  @BeforeEach
  void beAnotherMachine() {
    System.setProperty(PLATFORM, "linux-riscv64");
  }

  @AfterEach
  void beThisMachineAgain() {
    System.clearProperty(PLATFORM);
  }

  @Test
  void missingLibrariesAreNamed() throws Exception {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      classPath.add(Path.of(entry).toUri().toURL());
    }
    try (URLClassLoader fresh =
        new URLClassLoader(classPath.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> library = fresh.loadClass(FFmpegLibrary.class.getName());
      InvocationTargetException thrown =
          assertThrows(
              InvocationTargetException.class,
              () -> library.getMethod("load", Path.class).invoke(null, folder));
      String message = thrown.getCause().getMessage();
      assertEquals("org.mediacore.api.MediaSetupException", thrown.getCause().getClass().getName());
      assertTrue(message.startsWith("the FFmpeg libraries cannot be loaded ("), message);
      assertTrue(message.contains(System.getProperty("os.arch")), message);
    }
  }
}
