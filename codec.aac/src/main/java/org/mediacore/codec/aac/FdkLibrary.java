package org.mediacore.codec.aac;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.codec.AudioEncoder;

/**
 * The machine's libfdk-aac. It is not ours: others in the process may use the same file, another
 * revision of this bundle first of all. So it is opened for this one alone, which the system
 * counts: what is closed is our handle, and the file stays mapped as long as somebody has another.
 * It is closed when the last holder has released it: each factory is one, each open encoder is one.
 *
 * <p>There is at most one per class loader, because the methods of {@link LibFdkAac} can be bound
 * to one library at a time.
 */
final class FdkLibrary implements EncoderLibrary {
  private static FdkLibrary current; // guarded by the class: state of the class loader, see above

  private final String file;
  private final NativeLibrary library;
  private int holders = 1; // guarded by the class

  private FdkLibrary(String file, NativeLibrary library) {
    this.file = file;
    this.library = library;
  }

  /**
   * Binds the library, or holds the one that is bound; that one, too, where another file is asked
   * for meanwhile.
   *
   * @param file the library; empty for the system's, by its name
   * @throws LinkageError where JNA is missing, or the library is missing or another one
   */
  static synchronized FdkLibrary acquire(String file) {
    if (current != null) {
      current.holders++;
      return current;
    }
    if (Native.POINTER_SIZE != Long.BYTES) {
      throw new UnsatisfiedLinkError("called on 64-bit machines only");
    }
    String name = file.isEmpty() ? systemName(System.getProperty("os.name")) : file;
    // JNA gives one handle to all who open a file with the same options.
    Map<String, String> own = Map.of(AacSettings.PID, UUID.randomUUID().toString());
    NativeLibrary library = NativeLibrary.getInstance(name, own);
    try {
      Native.register(LibFdkAac.class, library);
    } catch (LinkageError | RuntimeException broken) {
      library.close();
      forget();
      throw broken;
    }
    current = new FdkLibrary(file, library);
    return current;
  }

  /** With the number of the version whose structures {@link FdkMemory} lays. */
  static String systemName(String osName) {
    String os = osName.toLowerCase(Locale.ROOT);
    if (os.startsWith("windows")) {
      return "libfdk-aac-2";
    }
    return os.startsWith("mac") ? "libfdk-aac.2.dylib" : "libfdk-aac.so.2";
  }

  @Override
  public String description() {
    return library.getFile() == null ? library.getName() : library.getFile().toString();
  }

  /** Whether it is the one that this configuration asks for. */
  boolean isOf(String wantedFile) {
    return file.equals(wantedFile);
  }

  @Override
  public AudioEncoder newEncoder(AacConfig config, int bitrateBps) throws MediaSetupException {
    hold();
    try {
      return new FdkEncoder(config, bitrateBps, this::release);
    } catch (MediaSetupException | RuntimeException | Error failed) {
      release();
      throw failed;
    }
  }

  private void hold() throws MediaSetupException {
    synchronized (FdkLibrary.class) {
      if (holders == 0) {
        throw new MediaSetupException(
            Reason.WRONG_STATE, "libfdk-aac was let go of when its bundle stopped", description());
      }
      holders++;
    }
  }

  @Override
  public void release() {
    synchronized (FdkLibrary.class) {
      if (--holders > 0) {
        return;
      }
      current = null;
      Native.unregister(LibFdkAac.class);
      library.close();
      forget();
    }
  }

  /**
   * JNA keeps the options of each class that it has mapped in a weak map, and in them the class
   * itself: it would never be collected, nor this bundle with it. This is that very map.
   */
  private static void forget() {
    Native.getLibraryOptions(LibFdkAac.class).clear();
  }
}
