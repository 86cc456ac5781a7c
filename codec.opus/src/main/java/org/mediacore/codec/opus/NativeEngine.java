package org.mediacore.codec.opus;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.codec.AudioFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded libopus. It is copied to a file of its own, so that two revisions of the bundle
 * never share one mapping, and unmapped when the last holder has released it: each factory is one,
 * each open encoder and decoder is one.
 *
 * <p>There is at most one per class loader, because the methods of {@link LibOpus} can be bound to
 * one library at a time: a bundle that is stopped and started while its instances live on gets the
 * same.
 */
final class NativeEngine implements OpusEngine {
  private static final Logger LOG = LoggerFactory.getLogger(NativeEngine.class);

  private static NativeEngine current; // guarded by the class: state of the class loader, see above

  private final LibOpusControls controls;
  private final NativeLibrary library;
  private final Set<LibraryFeature> features;
  private final Path copy;
  private int holders = 1; // guarded by the class

  private NativeEngine(
      LibOpusControls controls, NativeLibrary library, Set<LibraryFeature> features, Path copy) {
    this.controls = controls;
    this.library = library;
    this.features = features;
    this.copy = copy;
  }

  /**
   * Loads the library, or holds the one that is loaded.
   *
   * @param directory where to copy it to; copies that nobody removed are removed
   * @throws IOException where it cannot be copied
   * @throws LinkageError where JNA is missing or the library cannot be loaded
   */
  static synchronized NativeEngine acquire(NativePlatform platform, Path directory)
      throws IOException {
    if (current != null) {
      current.holders++;
      return current;
    }
    Path copy = copy(platform, directory);
    try {
      current = open(platform, copy);
    } catch (LinkageError | RuntimeException broken) {
      Files.deleteIfExists(copy);
      throw broken;
    }
    return current;
  }

  private static Path copy(NativePlatform platform, Path directory) throws IOException {
    Files.createDirectories(directory);
    removeLeftovers(directory);
    Path copy = Files.createTempFile(directory, "opus-", platform.suffix());
    try (InputStream embedded =
        NativeEngine.class.getClassLoader().getResourceAsStream(platform.resource())) {
      if (embedded == null) {
        throw new FileNotFoundException("not in the bundle: " + platform.resource());
      }
      Files.copy(embedded, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  /** A copy that is still mapped stays readable on Unix, and Windows refuses to delete it. */
  private static void removeLeftovers(Path directory) {
    File[] leftovers = directory.toFile().listFiles((dir, name) -> name.startsWith("opus-"));
    for (File leftover : leftovers == null ? new File[0] : leftovers) {
      leftover.delete();
    }
  }

  private static NativeEngine open(NativePlatform platform, Path copy) {
    Map<String, Object> options = new HashMap<>();
    if (platform.openFlags() != 0) {
      options.put(Library.OPTION_OPEN_FLAGS, platform.openFlags());
    }
    LibOpusControls controls = Native.load(copy.toString(), LibOpusControls.class, options);
    NativeLibrary library =
        ((Library.Handler) Proxy.getInvocationHandler(controls)).getNativeLibrary();
    try {
      Native.register(LibOpus.class, library);
    } catch (LinkageError | RuntimeException broken) {
      library.close();
      throw broken;
    }
    return new NativeEngine(controls, library, featuresOf(controls, library), copy);
  }

  /** What this libopus was built with; asked of it, since its version does not tell. */
  private static Set<LibraryFeature> featuresOf(LibOpusControls controls, NativeLibrary library) {
    Set<LibraryFeature> features = EnumSet.noneOf(LibraryFeature.class);
    try (Memory decoder = new Memory(LibOpus.opus_decoder_get_size(1))) {
      LibOpus.opus_decoder_init(Pointer.nativeValue(decoder), OpusFmtp.FULL_RATE_HZ, 1);
      if (controls.opus_decoder_ctl(decoder, LibOpusControls.SET_COMPLEXITY, 0) == 0) {
        features.add(LibraryFeature.DECODER_COMPLEXITY);
      }
    }
    try {
      Native.register(LibOpusDred.class, library);
      if (LibOpusDred.opus_dred_get_size() > 0) {
        features.add(LibraryFeature.DEEP_REDUNDANCY);
      }
    } catch (UnsatisfiedLinkError older) {
      LOG.debug("{} has no deep redundancy: {}", library, older.getMessage());
    }
    return features;
  }

  @Override
  public String description() {
    return "libopus in " + copy;
  }

  @Override
  public boolean has(LibraryFeature feature) {
    return features.contains(feature);
  }

  @Override
  public EncoderCore newEncoder(AudioFormat format, Application application)
      throws MediaSetupException {
    hold();
    try {
      return new NativeEncoder(this, controls, format, application);
    } catch (MediaSetupException | RuntimeException | Error failed) {
      release();
      throw failed;
    }
  }

  @Override
  public DecoderCore newDecoder(DecoderPlan plan) throws MediaSetupException {
    hold();
    try {
      return new NativeDecoder(this, controls, plan);
    } catch (MediaSetupException | RuntimeException | Error failed) {
      release();
      throw failed;
    }
  }

  private void hold() throws MediaSetupException {
    synchronized (NativeEngine.class) {
      if (holders == 0) {
        throw new MediaSetupException(
            Reason.WRONG_STATE, "libopus was unloaded when its bundle stopped", "");
      }
      holders++;
    }
  }

  @Override
  public void release() {
    synchronized (NativeEngine.class) {
      if (--holders > 0) {
        return;
      }
      current = null;
      Native.unregister(LibOpus.class);
      Native.unregister(LibOpusDred.class);
      library.close();
      forget(LibOpus.class);
      forget(LibOpusDred.class);
      forget(LibOpusControls.class);
      copy.toFile().delete();
    }
  }

  /**
   * JNA keeps the options of each class that it has mapped in a weak map, and in them the class
   * itself: it would never be collected, nor this bundle with it. This is that very map.
   */
  private static void forget(Class<?> mapped) {
    Native.getLibraryOptions(mapped).clear();
  }
}
