package org.mediacore.ffmpeg.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.mediacore.api.MediaSetupException;
import org.mediacore.ffmpeg.FFmpeg;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers {@link FFmpeg} once the libraries are loaded, which a thread of its own does: unpacking
 * and linking them takes a good part of a second, and nothing else has to wait for it. Where they
 * cannot be loaded, the log says why, and there is no service.
 */
@Component(
    service = {},
    immediate = true)
public final class FFmpegComponent {
  /**
   * Framework or system property: where to unpack the libraries, such as where the container's own
   * files must not be executed.
   */
  static final String DIRECTORY_PROPERTY = "org.mediacore.ffmpeg.directory";

  private static final Logger LOG = LoggerFactory.getLogger(FFmpegComponent.class);
  private static final String FOLDER = "natives";

  private final BundleContext context;
  private ServiceRegistration<FFmpeg> registration;
  private boolean stopped;

  /**
   * @param context the bundle's
   */
  @Activate
  public FFmpegComponent(BundleContext context) {
    this.context = context;
    Thread thread = new Thread(this::load, "ffmpeg-loading");
    thread.setDaemon(true);
    thread.start();
  }

  private void load() {
    try {
      FFmpegLibrary library = FFmpegLibrary.load(directory());
      LOG.info("FFmpeg loaded: {}", library.description());
      register(library);
    } catch (MediaSetupException | IOException missing) {
      LOG.warn("{}; codecs that need FFmpeg are not offered", missing.getMessage());
    }
  }

  private synchronized void register(FFmpeg library) {
    if (!stopped) {
      registration = context.registerService(FFmpeg.class, library, null);
    }
  }

  /** Takes the service away; open encoders and decoders go on. */
  @Deactivate
  synchronized void deactivate() {
    stopped = true;
    if (registration != null) {
      registration.unregister();
    }
  }

  /**
   * A folder for this revision of the bundle, the same at each start, so that the libraries are
   * unpacked once. In the bundle's own data those of earlier revisions are deleted; one that is
   * still mapped stays usable.
   */
  private Path directory() throws IOException {
    String revision = Long.toHexString(context.getBundle().getLastModified());
    String configured = context.getProperty(DIRECTORY_PROPERTY);
    if (configured != null) {
      return Files.createDirectories(Path.of(configured).resolve(revision).toAbsolutePath());
    }
    File data = context.getDataFile(FOLDER);
    if (data == null) {
      return Files.createTempDirectory("mediacore-ffmpeg");
    }
    Path own = Files.createDirectories(data.toPath().resolve(revision));
    try (Stream<Path> revisions = Files.list(data.toPath())) {
      for (Path former : revisions.filter(path -> !path.equals(own)).toList()) {
        delete(former);
      }
    }
    return own;
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
