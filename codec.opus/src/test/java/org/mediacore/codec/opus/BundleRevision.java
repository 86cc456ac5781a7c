package org.mediacore.codec.opus;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Optional;
import org.mediacore.api.codec.AudioCodecFactory;

/** The classes of this bundle in a class loader of their own, as a container has it. */
final class BundleRevision {
  private static final String PACKAGE = "org.mediacore.codec.opus.";

  private final Path directory;
  private final URLClassLoader loader;
  private final Object engine;

  BundleRevision(Path directory) throws ReflectiveOperationException {
    this.directory = directory;
    URL classes = OpusEngine.class.getProtectionDomain().getCodeSource().getLocation();
    loader = new OwnClassesFirst(classes);
    Object choice =
        constructor("EngineChoice")
            .newInstance(System.getProperty("os.name"), System.getProperty("os.arch"), directory);
    engine = method("EngineChoice", "engine").invoke(choice, Optional.empty());
    if (!engine.getClass().getSimpleName().equals("NativeEngine")) {
      throw new IllegalStateException("libopus did not load");
    }
  }

  Path directory() {
    return directory;
  }

  AudioCodecFactory factory() throws ReflectiveOperationException {
    Object settings = field("OpusSettings", "DEFAULT").get(null);
    return (AudioCodecFactory) constructor("OpusCodecFactory").newInstance(engine, settings);
  }

  /**
   * The service goes, then the class loader: from now on it finds no class that it has not loaded.
   */
  void uninstall() throws ReflectiveOperationException, IOException {
    method("NativeEngine", "release").invoke(engine);
    loader.close();
  }

  private Constructor<?> constructor(String name) throws ReflectiveOperationException {
    Constructor<?> found = Class.forName(PACKAGE + name, true, loader).getDeclaredConstructors()[0];
    found.setAccessible(true);
    return found;
  }

  private Field field(String type, String name) throws ReflectiveOperationException {
    Field found = Class.forName(PACKAGE + type, true, loader).getDeclaredField(name);
    found.setAccessible(true);
    return found;
  }

  private Method method(String type, String name) throws ReflectiveOperationException {
    for (Method method : Class.forName(PACKAGE + type, true, loader).getDeclaredMethods()) {
      if (method.getName().equals(name)) {
        method.setAccessible(true);
        return method;
      }
    }
    throw new NoSuchMethodException(type + "." + name);
  }

  /** Everything outside of the bundle, such as JNA and the API, is shared. */
  private static final class OwnClassesFirst extends URLClassLoader {
    OwnClassesFirst(URL classes) {
      super(new URL[] {classes}, BundleRevision.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PACKAGE)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}
