package org.mediacore.endpoint.standard;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointException.Reason;
import org.mediacore.api.file.AudioFileReader;
import org.mediacore.api.file.AudioFileWriter;
import org.mediacore.api.file.MediaFileFormat;
import org.mediacore.api.session.AudioPort;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays and records the files of the data directory. Names are checked before they get here. */
final class AudioFiles {
  private static final Logger LOG = LoggerFactory.getLogger(AudioFiles.class);
  private static final String PREFERRED_EXTENSION = "wav";
  private static final int MAX_SUFFIX = 9_999;

  private final Supplier<EndpointSettings> settings;
  private final Supplier<List<MediaFileFormat>> formats;
  private final BackgroundWork work;
  private final Set<FileJob> open = ConcurrentHashMap.newKeySet();

  /**
   * @param formats the formats that are there now, the best last
   */
  AudioFiles(
      Supplier<EndpointSettings> settings,
      Supplier<List<MediaFileFormat>> formats,
      BackgroundWork work) {
    this.settings = settings;
    this.formats = formats;
    this.work = work;
  }

  /** A format, and the extension it goes by. */
  private record Candidate(MediaFileFormat format, String extension) {}

  /** How many files are open. */
  int openCount() {
    return open.size();
  }

  /** Completes the files whose sessions are done with them. */
  void finishClosing() {
    open.forEach(FileJob::finishIfClosing);
  }

  /** Connects a caller to the file of this name, with or without its extension. */
  void play(String name, MediaSession caller) throws EndpointException {
    requireRoom();
    for (Candidate candidate : candidates()) {
      Path path = settings.get().dataDir().resolve(fileName(name, candidate.extension()));
      if (Files.isRegularFile(path)) {
        FilePlayer player = new FilePlayer(name, openReader(path, name, candidate.format()));
        FileJob job = new FileJob(player.describe(), open, player);
        player.setJob(job);
        startAndConnect(job, player, caller);
        return;
      }
    }
    throw new EndpointException(Reason.NOT_FOUND, "there is no file " + name);
  }

  private static AudioFileReader openReader(Path path, String name, MediaFileFormat format)
      throws EndpointException {
    try {
      return format.openReader(Files.newByteChannel(path, StandardOpenOption.READ));
    } catch (IOException | RuntimeException e) {
      LOG.warn("play {}: {}: {}", name, path, e.toString());
      throw new EndpointException(Reason.UNAVAILABLE, "the file " + name + " cannot be read", e);
    }
  }

  /** Connects a caller to a new file of this name; a number is added where it exists already. */
  void record(String name, MediaSession caller) throws EndpointException {
    requireRoom();
    Candidate candidate = candidates().get(0);
    AudioFormat audio = new AudioFormat(settings.get().recordRateHz(), 1);
    String base = withoutExtension(name, candidate.extension());
    AudioFileWriter writer;
    Path path;
    try {
      Files.createDirectories(settings.get().dataDir());
      path = createNew(base, candidate.extension());
      SeekableByteChannel channel = Files.newByteChannel(path, StandardOpenOption.WRITE);
      writer = candidate.format().openWriter(channel, audio);
    } catch (IOException | RuntimeException e) {
      LOG.error("record {}: {}", name, e.toString());
      throw new EndpointException(Reason.UNAVAILABLE, name + " cannot be recorded", e);
    }
    FileRecorder recorder = new FileRecorder(path.getFileName().toString(), writer, audio);
    FileJob job = new FileJob(recorder.describe(), open, recorder);
    recorder.setJob(job);
    startAndConnect(job, recorder, caller);
  }

  private Path createNew(String base, String extension) throws IOException {
    Path directory = settings.get().dataDir();
    for (int number = 1; number <= MAX_SUFFIX; number++) {
      String suffix = number == 1 ? "" : "-" + number;
      try {
        return Files.createFile(directory.resolve(base + suffix + "." + extension));
      } catch (FileAlreadyExistsException taken) {
        LOG.debug("{} exists, the next number is tried", taken.getMessage());
      }
    }
    throw new IOException("there are " + MAX_SUFFIX + " files of the name " + base + " already");
  }

  private void startAndConnect(FileJob job, AudioPort port, MediaSession caller)
      throws EndpointException {
    boolean connected = false;
    try {
      job.start(work);
      caller.connect(port, ConnectOptions.DEFAULT);
      connected = true;
    } catch (MediaSetupException e) {
      throw Connections.refusal(e);
    } catch (RejectedExecutionException e) {
      throw new EndpointException(Reason.UNAVAILABLE, "files are not served any more", e);
    } finally {
      if (!connected) {
        port.close();
        job.finishIfClosing();
      }
    }
  }

  private void requireRoom() throws EndpointException {
    if (open.size() >= settings.get().maxFiles()) {
      throw new EndpointException(
          Reason.UNAVAILABLE, "the limit of " + settings.get().maxFiles() + " files is reached");
    }
  }

  /** What can be tried: wav first, then by ranking. */
  private List<Candidate> candidates() throws EndpointException {
    List<Candidate> found = new ArrayList<>();
    List<MediaFileFormat> now = formats.get();
    for (int i = now.size() - 1; i >= 0; i--) {
      for (String extension : now.get(i).extensions()) {
        Candidate candidate = new Candidate(now.get(i), extension);
        found.add(extension.equals(PREFERRED_EXTENSION) ? 0 : found.size(), candidate);
      }
    }
    if (found.isEmpty()) {
      throw new EndpointException(Reason.UNAVAILABLE, "no file format is installed");
    }
    return found;
  }

  private static String fileName(String name, String extension) {
    return withoutExtension(name, extension) + "." + extension;
  }

  private static String withoutExtension(String name, String extension) {
    String ending = "." + extension;
    boolean has = name.length() > ending.length() && name.endsWith(ending);
    return has ? name.substring(0, name.length() - ending.length()) : name;
  }
}
