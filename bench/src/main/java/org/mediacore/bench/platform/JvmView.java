package org.mediacore.bench.platform;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A Java process as its own management beans show it, over a local connection. The agent's threads
 * run in that process, none of them is one that is measured.
 */
public final class JvmView implements AutoCloseable {
  private final JMXConnector connector;
  private final ThreadMXBean threads;
  private final MemoryMXBean memory;
  private final MBeanServerConnection server;

  private JvmView(JMXConnector connector) throws IOException {
    this.connector = connector;
    server = connector.getMBeanServerConnection();
    threads =
        ManagementFactory.newPlatformMXBeanProxy(
            server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    memory =
        ManagementFactory.newPlatformMXBeanProxy(
            server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
  }

  /**
   * Connects.
   *
   * @param pid a Java process of the same user
   * @throws IOException where it does not let itself be looked into
   */
  public static JvmView connect(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        String address = machine.startLocalManagementAgent();
        return new JvmView(JMXConnectorFactory.connect(new JMXServiceURL(address)));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("process " + pid + ": " + e.getMessage(), e);
    }
  }

  /**
   * Bytes that the threads whose name begins so have allocated since they started, to the byte.
   *
   * @throws IOException where there is no such thread
   */
  public long allocatedBytes(String namePrefix) throws IOException {
    long sum = -1;
    long[] ids = threads.getAllThreadIds();
    ThreadInfo[] infos = threads.getThreadInfo(ids);
    for (int i = 0; i < ids.length; i++) {
      if (infos[i] != null && infos[i].getThreadName().startsWith(namePrefix)) {
        sum = Math.max(0, sum) + threads.getThreadAllocatedBytes(ids[i]);
      }
    }
    if (sum < 0) {
      throw new IOException("no thread " + namePrefix + "*");
    }
    return sum;
  }

  /** Bytes of the heap that are in use after a full collection. */
  public long liveHeapBytes() {
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** Bytes of metaspace, code cache and the like. */
  public long nonHeapBytes() {
    return memory.getNonHeapMemoryUsage().getUsed();
  }

  /** Bytes of direct buffers. */
  public long directBytes() throws IOException {
    return ManagementFactory.newPlatformMXBeanProxy(
            server, "java.nio:type=BufferPool,name=direct", BufferPoolMXBean.class)
        .getMemoryUsed();
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
