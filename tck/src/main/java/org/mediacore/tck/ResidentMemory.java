package org.mediacore.tck;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The memory that this process holds outside of the Java heap, on Linux: what the system counts per
 * mapping, without the mappings of the heap, whose addresses the virtual machine tells.
 */
final class ResidentMemory {
  private static final Path MAPPINGS = Path.of("/proc/self/smaps");
  private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]{6,16})");
  private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ .*");
  private static final Pattern RESIDENT = Pattern.compile("Rss:\\s+(\\d+) kB");

  private ResidentMemory() {}

  /** Whether it can be told here. */
  static boolean canTell() {
    return Files.isReadable(MAPPINGS) && ADDRESS.matcher(heapInfo()).find();
  }

  /** Bytes outside of the heap. */
  static long outsideHeapBytes() {
    long heapStart = -1; // above everything: addresses are compared as unsigned
    long heapEnd = 0;
    Matcher address = ADDRESS.matcher(heapInfo());
    while (address.find()) {
      long value = Long.parseUnsignedLong(address.group(1), 16);
      heapStart = Long.compareUnsigned(value, heapStart) < 0 ? value : heapStart;
      heapEnd = Long.compareUnsigned(value, heapEnd) > 0 ? value : heapEnd;
    }
    try {
      return sumOutside(heapStart, heapEnd);
    } catch (IOException e) {
      throw new AssertionError("cannot read " + MAPPINGS, e);
    }
  }

  private static long sumOutside(long heapStart, long heapEnd) throws IOException {
    long kilobytes = 0;
    boolean heap = false;
    for (String line : Files.readAllLines(MAPPINGS)) {
      Matcher resident = RESIDENT.matcher(line);
      if (resident.matches()) {
        kilobytes += heap ? 0 : Long.parseLong(resident.group(1));
        continue;
      }
      Matcher mapping = MAPPING.matcher(line);
      if (mapping.matches()) {
        long start = Long.parseUnsignedLong(mapping.group(1), 16);
        heap =
            Long.compareUnsigned(start, heapStart) >= 0 && Long.compareUnsigned(start, heapEnd) < 0;
      }
    }
    return kilobytes * 1_024;
  }

  /** What {@code jcmd GC.heap_info} prints; empty on a virtual machine that has no such command. */
  private static String heapInfo() {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    try {
      ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
      return beans.isRegistered(commands)
          ? (String) beans.invoke(commands, "gcHeapInfo", new Object[0], new String[0])
          : "";
    } catch (JMException absent) {
      return "";
    }
  }
}
