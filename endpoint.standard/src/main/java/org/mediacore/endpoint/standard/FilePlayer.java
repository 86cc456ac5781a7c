package org.mediacore.endpoint.standard;

import java.io.IOException;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.file.AudioFileReader;
import org.mediacore.api.session.AudioPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays a file once, in the file's own format. The file is read up to a second ahead, off the media
 * loop; the loop only copies out of a ring. A file that breaks off ends there.
 */
final class FilePlayer implements AudioPort, FileJob.Step {
  private static final Logger LOG = LoggerFactory.getLogger(FilePlayer.class);
  private static final int CHUNK_SAMPLES = 1_024;

  private final String name;
  private final AudioFileReader reader;
  private final AudioFormat format;
  private final SampleRing ring;
  private final short[] chunk;
  private FileJob job;
  private volatile boolean ended;
  private volatile long missingSamples;

  FilePlayer(String name, AudioFileReader reader) {
    this.name = name;
    this.reader = reader;
    format = reader.format();
    chunk = new short[CHUNK_SAMPLES * format.channels()];
    ring = new SampleRing(Math.max(format.elementsIn(1_000_000), 2 * chunk.length));
  }

  /** The job that closes the file; set once, before the first use. */
  void setJob(FileJob value) {
    job = value;
  }

  @Override
  public String describe() {
    return "play " + name;
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public int read(short[] pcm, int offset, int samples) {
    boolean noMore = ended; // before the ring is looked at: what was put in by then is seen
    int given = ring.read(pcm, offset, samples * format.channels()) / format.channels();
    if (given < samples) {
      if (noMore) {
        return given == 0 ? MediaStatus.FINISHED : given;
      }
      countMissing(samples - given);
    }
    return given;
  }

  /** The loop alone writes it. */
  private void countMissing(int samples) {
    missingSamples += samples;
  }

  /** A player does not listen. */
  @Override
  public void write(short[] pcm, int offset, int samples) {}

  @Override
  public void close() {
    job.requestClose();
  }

  @Override
  public boolean run(boolean closing) {
    if (!closing) {
      fill();
    }
    if (closing || ended) {
      closeFile();
      return true;
    }
    return false;
  }

  private void fill() {
    try {
      while (!ended && ring.free() >= chunk.length) {
        int samples = reader.read(chunk, 0, CHUNK_SAMPLES);
        if (samples > 0) {
          ring.write(chunk, 0, samples * format.channels());
        }
        ended = samples < CHUNK_SAMPLES;
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.warn("play {}: the file breaks off: {}", name, e.toString());
      ended = true;
    }
  }

  private void closeFile() {
    if (missingSamples > 0) {
      LOG.warn("play {}: {} samples came too late from the disk", name, missingSamples);
    }
    try {
      reader.close();
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.warn("play {}: closing the file: {}", name, e.toString());
    }
  }
}
