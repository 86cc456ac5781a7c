package org.mediacore.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Cores that do not sleep: while it is open, an idle core polls for work instead of halting.
 *
 * <p>A loop waits for the next packet some thousand times a second, and a core that has gone to
 * sleep meanwhile has to be woken: microseconds on hardware, milliseconds at times in a virtual
 * machine, whose host gives a halted core to others. Linux keeps cores awake for as long as
 * somebody has {@code /dev/cpu_dma_latency} open and has written to it the latency in µs that he
 * bears, 32 bits in the order of the host (Linux, power/pm_qos_interface).
 */
final class Awake implements AutoCloseable {
  static final Path DEVICE = Path.of("/dev/cpu_dma_latency");

  private final FileChannel device;

  private Awake(FileChannel device) {
    this.device = device;
  }

  /**
   * Keeps all cores awake from now on.
   *
   * @param device {@link #DEVICE}
   * @throws StartException saying why not
   */
  static Awake open(Path device) throws StartException {
    if (!Files.exists(device)) {
      throw new StartException("--awake needs Linux: there is no " + device);
    }
    FileChannel opened = null;
    try {
      opened = FileChannel.open(device, StandardOpenOption.WRITE);
      opened.write(ByteBuffer.allocate(Integer.BYTES));
      return new Awake(opened);
    } catch (AccessDeniedException e) {
      throw new StartException("--awake needs root, or the right to write to " + device, e);
    } catch (IOException e) {
      StartException failed = new StartException("--awake: " + Reasons.of(e), e);
      close(opened, failed);
      throw failed;
    }
  }

  private static void close(FileChannel opened, StartException failed) {
    if (opened == null) {
      return;
    }
    try {
      opened.close();
    } catch (IOException e) {
      failed.addSuppressed(e);
    }
  }

  /** Cores may sleep again. */
  @Override
  public void close() throws IOException {
    device.close();
  }
}
