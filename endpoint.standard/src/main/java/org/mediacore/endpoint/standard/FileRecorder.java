package org.mediacore.endpoint.standard;

import java.io.IOException;
import java.util.Locale;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.file.AudioFileWriter;
import org.mediacore.api.session.AudioPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the far end says into a file. The loop only copies into a ring of a second, emptied
 * off the loop; what finds no room there is counted and missing. A disk that fails ends the
 * recording, not the call.
 */
final class FileRecorder implements AudioPort, FileJob.Step {
  private static final Logger LOG = LoggerFactory.getLogger(FileRecorder.class);
  private static final int CHUNK_SAMPLES = 1_024;

  private final String name;
  private final AudioFileWriter writer;
  private final AudioFormat format;
  private final SampleRing ring;
  private final short[] chunk;
  private FileJob job;
  private volatile long lostSamples;
  private long recordedSamples;
  private boolean failed;

  FileRecorder(String name, AudioFileWriter writer, AudioFormat format) {
    this.name = name;
    this.writer = writer;
    this.format = format;
    chunk = new short[CHUNK_SAMPLES * format.channels()];
    ring = new SampleRing(Math.max(format.elementsIn(1_000_000), 2 * chunk.length));
  }

  /** The job that closes the file; set once, before the first use. */
  void setJob(FileJob value) {
    job = value;
  }

  @Override
  public String describe() {
    return "record " + name;
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  /** A recorder is silent. */
  @Override
  public int read(short[] pcm, int offset, int samples) {
    return 0;
  }

  @Override
  public void write(short[] pcm, int offset, int samples) {
    int elements = samples * format.channels();
    int taken = ring.write(pcm, offset, elements);
    if (taken < elements) {
      countLost((elements - taken) / format.channels());
    }
  }

  /** The loop alone writes it. */
  private void countLost(int samples) {
    lostSamples += samples;
  }

  @Override
  public void close() {
    job.requestClose();
  }

  @Override
  public boolean run(boolean closing) {
    drain();
    if (closing) {
      finish();
    }
    return closing;
  }

  private void drain() {
    for (int n = ring.read(chunk, 0, chunk.length); n > 0; n = ring.read(chunk, 0, chunk.length)) {
      if (!failed) {
        append(n / format.channels());
      }
    }
  }

  private void append(int samples) {
    try {
      writer.write(chunk, 0, samples);
      recordedSamples += samples;
    } catch (IOException | RuntimeException | LinkageError e) {
      failed = true;
      LOG.error("record {}: nothing more is recorded: {}", name, e.toString());
      closeFile();
    }
  }

  private void finish() {
    if (!failed) {
      closeFile();
    }
    LOG.info(
        "recorded {}: {} s, {} samples lost",
        name,
        String.format(Locale.ROOT, "%.1f", (double) recordedSamples / format.sampleRateHz()),
        lostSamples);
  }

  private void closeFile() {
    try {
      writer.close();
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.error("record {}: closing the file: {}", name, e.toString());
    }
  }
}
