package org.mediacore.tck.sample;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;
import org.mediacore.api.processing.AudioProcessorFactory;
import org.mediacore.api.processing.ProcessorDescriptor;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A bundle with a processor that inverts audio, and with one fault of choice (framework property
 * {@code sample.fault}). The tests make a jar of this package and run it in a container.
 */
public final class SampleActivator implements BundleActivator, AudioProcessorFactory {
  /** What the bundle does wrong; {@code MAPS_A_FILE} is what a bundle with a library does. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** Maps a file and lets go of it. */
    MAPS_A_FILE,
    /** Maps a file for good. */
    KEEPS_ITS_FILE_MAPPED,
    /** Has no service. */
    NO_SERVICE,
    /** Reads a resource in the first block. */
    READS_A_RESOURCE_LATE,
    /** Its instances stop with it. */
    STOPS_ITS_INSTANCES,
    /** Versions share state by way of the virtual machine. */
    SHARES_STATE_ACROSS_VERSIONS,
    /** A thread of its own never ends. */
    LEAVES_A_THREAD,
    /** Something outside refers to it. */
    LEAVES_A_PROPERTY,
    /** Keeps something of each instance. */
    LEAKS_HEAP,
    /** Keeps memory outside of the heap. */
    LEAKS_OFF_HEAP,
    /** Makes classes for each instance and keeps them. */
    LEAKS_CLASSES
  }

  private static final String SHARED = "sample.shared";
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private final List<Object> leaked = new ArrayList<>();
  private BundleContext context;
  private Fault fault;
  private boolean stopped;

  @Override
  public void start(BundleContext bundleContext) {
    context = bundleContext;
    fault = Fault.valueOf(context.getProperty("sample.fault"));
    stopped = false;
    if (fault != Fault.NO_SERVICE) {
      context.registerService(AudioProcessorFactory.class, this, null);
    }
  }

  @Override
  public void stop(BundleContext bundleContext) {
    stopped = true;
  }

  @Override
  public ProcessorDescriptor descriptor() {
    return new ProcessorDescriptor("x-invert", ProcessorDescriptor.Position.SENT, 0);
  }

  @Override
  public AudioProcessor create(AudioFormat format) {
    Inverter inverter = new Inverter(format.channels());
    switch (fault) {
      case MAPS_A_FILE -> inverter.held = map();
      case KEEPS_ITS_FILE_MAPPED -> System.getProperties().put("sample.map", map());
      case LEAVES_A_THREAD -> startThread();
      case LEAVES_A_PROPERTY -> System.getProperties().put("sample.factory", this);
      case LEAKS_HEAP -> leaked.add(new byte[4_000]);
      case LEAKS_OFF_HEAP -> {
        ByteBuffer buffer = ByteBuffer.allocateDirect(16_384);
        buffer.put(0, (byte) 1).put(4_096, (byte) 1).put(8_192, (byte) 1).put(12_288, (byte) 1);
        leaked.add(buffer);
      }
      case LEAKS_CLASSES -> {
        ClassLoader loader = new URLClassLoader(new URL[0], null);
        InvocationHandler nothing = (proxy, method, arguments) -> null;
        leaked.add(Proxy.newProxyInstance(loader, new Class<?>[] {Runnable.class}, nothing));
      }
      default -> {}
    }
    return inverter;
  }

  private ByteBuffer map() {
    File file = context.getDataFile("library.bin");
    try (RandomAccessFile open = new RandomAccessFile(file, "rw")) {
      return open.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, 4_096);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void startThread() {
    Thread thread =
        new Thread("sample-thread") {
          @Override
          public void run() {
            try {
              NEVER.await();
            } catch (InterruptedException e) {
              interrupt();
            }
          }
        };
    thread.setDaemon(true);
    thread.start();
  }

  private final class Inverter implements AudioProcessor {
    private final int channels;
    private ByteBuffer held = ByteBuffer.allocate(0);
    private boolean closed;
    private boolean used;

    Inverter(int channels) {
      this.channels = channels;
    }

    @Override
    public int process(short[] pcm, int offset, int samples) {
      if (closed || stopped && fault == Fault.STOPS_ITS_INSTANCES) {
        return MediaStatus.FAILED;
      }
      if (!used && fault == Fault.READS_A_RESOURCE_LATE) {
        used = true;
        readResource();
      }
      for (int i = offset; i < offset + samples * channels; i++) {
        pcm[i] = (short) ~pcm[i];
      }
      if (fault == Fault.SHARES_STATE_ACROSS_VERSIONS) {
        Object last = System.getProperties().put(SHARED, this);
        pcm[offset] += (short) (last == null || last.getClass() == getClass() ? 0 : 1);
      }
      return samples;
    }

    private void readResource() {
      try (InputStream in = SampleActivator.class.getResourceAsStream("SampleActivator.class")) {
        in.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      closed = true;
      held = ByteBuffer.allocate(0);
    }
  }
}
