package org.mediacore.endpoint.standard;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
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

  private final Supplier<EndpointSettings> settings;
  private final Supplier<List<MediaFileFormat>> formats;
  private final BackgroundWork work;
  private final RecordingNames names = new RecordingNames();
  private final Set<FileJob> open = ConcurrentHashMap.newKeySet();

  /**
   * @param formats the formats that are there now, the better first
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

  /** A player or recorder, and the job that serves its file. */
  private record Served(AudioPort port, FileJob job) {}

  /** Connects a caller to the file of this name, with or without its extension. */
  void play(String name, MediaSession caller) throws EndpointException {
    requireRoom();
    startAndConnect(player(name), caller);
  }

  /** By the best format that can read it. */
  private Served player(String name) throws EndpointException {
    EndpointException failure = new EndpointException(Reason.NOT_FOUND, "there is no file " + name);
    for (Candidate candidate : candidates()) {
      Path path = settings.get().dataDir().resolve(fileName(name, candidate.extension()));
      if (Files.isRegularFile(path)) {
        try {
          return openPlayer(name, path, candidate.format());
        } catch (IOException | RuntimeException | LinkageError e) {
          LOG.warn("play {}: {}: {}", name, path, e.toString());
          failure = unavailable("the file " + name + " cannot be read", e);
        }
      }
    }
    throw failure;
  }

  private static EndpointException unavailable(String message, Throwable why) {
    return new EndpointException(Reason.UNAVAILABLE, message, why);
  }

  private Served openPlayer(String name, Path path, MediaFileFormat format) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(path, StandardOpenOption.READ);
    try {
      FilePlayer player = new FilePlayer(name, format.openReader(channel));
      FileJob job = new FileJob(player.describe(), open, channel, player);
      player.setJob(job);
      return new Served(player, job);
    } catch (IOException | RuntimeException | LinkageError e) {
      channel.close();
      throw e;
    }
  }

  /** Connects a caller to a new file of this name; a number is added where it exists already. */
  void record(String name, MediaSession caller) throws EndpointException {
    requireRoom();
    String extension = candidates().get(0).extension();
    Path path;
    try {
      Files.createDirectories(settings.get().dataDir());
      String base = withoutExtension(name, extension);
      path = names.create(settings.get().dataDir(), base, extension);
    } catch (IOException | RuntimeException e) {
      LOG.error("record {}: {}", name, e.toString());
      throw unavailable(name + " cannot be recorded", e);
    }
    startAndConnect(recorder(name, path, extension), caller);
  }

  /** By the best format of this extension that can. */
  private Served recorder(String name, Path path, String extension) throws EndpointException {
    EndpointException failure = new EndpointException(Reason.UNAVAILABLE, "no file format is left");
    for (Candidate candidate : candidates()) {
      if (candidate.extension().equals(extension)) {
        try {
          return openRecorder(path, candidate.format());
        } catch (IOException | RuntimeException | LinkageError e) {
          LOG.error("record {}: {}: {}", name, path, e.toString());
          failure = unavailable(name + " cannot be recorded", e);
        }
      }
    }
    throw failure;
  }

  private Served openRecorder(Path path, MediaFileFormat format) throws IOException {
    AudioFormat audio = new AudioFormat(settings.get().recordRateHz(), 1);
    SeekableByteChannel channel = Files.newByteChannel(path, StandardOpenOption.WRITE);
    try {
      AudioFileWriter writer = format.openWriter(channel, audio);
      FileRecorder recorder = new FileRecorder(path.getFileName().toString(), writer, audio);
      FileJob job = new FileJob(recorder.describe(), open, channel, recorder);
      recorder.setJob(job);
      return new Served(recorder, job);
    } catch (IOException | RuntimeException | LinkageError e) {
      channel.close();
      throw e;
    }
  }

  private void startAndConnect(Served served, MediaSession caller) throws EndpointException {
    boolean connected = false;
    try {
      served.job().start(work);
      caller.connect(served.port(), ConnectOptions.DEFAULT);
      connected = true;
    } catch (MediaSetupException e) {
      throw Connections.refusal(e);
    } catch (RejectedExecutionException e) {
      throw unavailable("files are not served any more", e);
    } finally {
      if (!connected) {
        served.port().close();
        served.job().finishIfClosing();
      }
    }
  }

  private void requireRoom() throws EndpointException {
    if (open.size() >= settings.get().maxFiles()) {
      throw new EndpointException(
          Reason.UNAVAILABLE, "the limit of " + settings.get().maxFiles() + " files is reached");
    }
  }

  /** What can be tried: wav first, then other extensions, each by the better format first. */
  private List<Candidate> candidates() throws EndpointException {
    List<Candidate> preferred = new ArrayList<>();
    List<Candidate> others = new ArrayList<>();
    for (MediaFileFormat format : formats.get()) {
      for (String extension : format.extensions()) {
        boolean first = extension.equals(PREFERRED_EXTENSION);
        (first ? preferred : others).add(new Candidate(format, extension));
      }
    }
    preferred.addAll(others);
    if (preferred.isEmpty()) {
      throw new EndpointException(Reason.UNAVAILABLE, "no file format is installed");
    }
    return preferred;
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
