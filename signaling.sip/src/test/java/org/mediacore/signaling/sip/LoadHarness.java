package org.mediacore.signaling.sip;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * SIP without media for measurements by hand, against SIPp. Arguments: the address to listen on.
 * After each line on standard input it collects garbage and prints calls and heap in use; it ends
 * with its input. README.md has the commands.
 */
public final class LoadHarness {
  private LoadHarness() {}

  /** Runs until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    FakeMediaManager media = new FakeMediaManager();
    SipPort.Settings settings =
        new SipPort.Settings(
            SipTimings.RFC_3261, 4, 1900, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    ListenAddress listen = ListenAddress.parse(arguments[0]).orElseThrow();
    SipPort port = new SipPort(listen, media, () -> AllowList.EMPTY, () -> 0, settings);
    System.out.println("ready");
    while (System.in.read() >= 0) {
      System.gc();
      long heapBytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      System.out.println(
          port.calls()
              + " calls, "
              + media.made()
              + " made, "
              + heapBytes
              + " bytes of heap in use");
    }
    port.hangUp();
    port.close(1900);
  }
}
