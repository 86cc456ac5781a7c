package org.mediacore.deployer;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks for changes: at once when the operating system reports one, and otherwise
 * twice a second, because network file systems and full inotify tables report nothing.
 */
final class Watcher implements AutoCloseable {
  /** How long a file must stay as it is before it counts. */
  static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(150);

  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
  private static final long SOON_MS = 60;
  private static final long IDLE_MS = 500;
  private static final long STOP_WITHIN_MS = 5_000;

  private final Deployer deployer;
  private final AtomicBoolean bundlesChanged = new AtomicBoolean();
  private final Queue<FutureTask<Void>> tasks = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;
  private final WatchService service;
  private final Thread thread;

  Watcher(Deployer deployer, List<Path> directories) throws IOException {
    this.deployer = deployer;
    this.service = FileSystems.getDefault().newWatchService();
    for (Path directory : directories) {
      register(directory);
    }
    this.thread = new Thread(this::run, "deployer");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY); // media comes first where there are few cores
  }

  private void register(Path directory) {
    try {
      directory.register(
          service,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException e) {
      LOG.info("{} is polled only: {}", directory, e.toString());
    }
  }

  void start() {
    thread.start();
  }

  /** Other bundles came or went: what was refused may work now. */
  void bundlesChanged() {
    bundlesChanged.set(true);
  }

  /**
   * Has the thread follow home/deploy, and waits until it has. A change of that directory, as comes
   * before, wakes it; where the operating system reports none, it looks twice a second.
   *
   * @param complete the name of a file that is known to be complete
   * @throws IOException where the directory cannot be followed, or the watcher is closed
   */
  void follow(String complete) throws IOException, InterruptedException {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              deployer.follow(complete);
              return null;
            });
    tasks.add(task);
    if (closed) {
      task.cancel(false);
    }
    try {
      task.get();
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (CancellationException e) {
      throw new IOException("the platform stops", e);
    }
  }

  private void runTasks() {
    for (FutureTask<Void> task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private void run() {
    try {
      boolean soon = false;
      while (!closed) { // the framework may have taken the interrupt for its own
        WatchKey key = service.poll(soon ? SOON_MS : IDLE_MS, TimeUnit.MILLISECONDS);
        if (key != null) {
          key.pollEvents();
          key.reset();
        }
        runTasks();
        soon = look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private boolean look() throws InterruptedException {
    try {
      return deployer.scan(System.nanoTime(), bundlesChanged.getAndSet(false));
    } catch (RuntimeException e) {
      LOG.error("a change could not be handled; watching goes on", e);
      return false;
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    closed = true;
    tasks.forEach(task -> task.cancel(false));
    thread.interrupt();
    thread.join(STOP_WITHIN_MS);
    service.close();
  }
}
