package org.mediacore.endpoint.standard;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a player or recorder that touches the file: a step that repeats off the media loop
 * until it is done.
 */
final class FileJob {
  /** Well within the second of audio that a ring holds. */
  static final long PERIOD_MS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(FileJob.class);

  /** What to do with the file. */
  interface Step {
    /**
     * Moves what can be moved between ring and file; one run at a time.
     *
     * @param closing whether the session is done with the port: this is the last run
     * @return whether the file is closed and nothing is left to do
     */
    boolean run(boolean closing);
  }

  private final String name;
  private final Set<FileJob> open;
  private final Closeable file;
  private final Step step;
  private BackgroundWork.Ticket ticket = () -> {};
  private volatile boolean closing;
  private boolean done;

  /**
   * @param name for logs
   * @param open where this job stands while its file is open
   * @param file what the format reads or writes; closed at the end, whatever the format has done
   */
  FileJob(String name, Set<FileJob> open, Closeable file, Step step) {
    this.name = name;
    this.open = open;
    this.file = file;
    this.step = step;
    open.add(this);
  }

  /** Runs the step now and from then on at intervals. */
  synchronized void start(BackgroundWork work) {
    run();
    if (!done) {
      ticket = work.every(PERIOD_MS, this::run);
    }
  }

  private synchronized void run() {
    if (done) {
      return;
    }
    boolean last = closing;
    try {
      done = step.run(last);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("{}: the file is given up", name, e);
      done = true;
    }
    done |= last;
    if (done) {
      end();
    }
  }

  private void end() {
    ticket.cancel();
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("{}: closing the file: {}", name, e.toString());
    }
    open.remove(this);
  }

  /** Lets the next run be the last; never waits. */
  void requestClose() {
    closing = true;
  }

  /** Does the last run here and now, if the session is done with the port. */
  void finishIfClosing() {
    if (closing) {
      run();
    }
  }
}
