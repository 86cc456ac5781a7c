package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.file.MediaFileFormat;
import org.mediacore.tck.FaultyFileFormat.Fault;

/** The contract finds each fault, and finds none where there is none. */
class MediaFileFormatContractTest {
  private static volatile Fault fault = Fault.NONE;

  /** Not a test class of its own: it is run with one fault after the other. */
  static class Subject extends MediaFileFormatContract {
    @Override
    protected MediaFileFormat format() {
      return new FaultyFileFormat(fault);
    }

    @Override
    protected boolean keepsSamplesExactly() {
      return true;
    }
  }

  @Test
  void goodFormatPasses() {
    fault = Fault.NONE;
    ContractRun run = ContractRun.of(Subject.class);
    assertEquals(List.of(), run.failures());
    assertTrue(run.succeeded() >= 20, run.succeeded() + " tests");
  }

  @ParameterizedTest
  @CsvSource({
    "UPPER_CASE, extensionsAreBareAndLowerCase",
    "ONE_READ_IS_ENOUGH, slowChannelsChangeNothing",
    "READS_TOO_MUCH, readTouchesOnlyWhatItGives",
    "THROWS_ON_DAMAGE, damagedFileIsReadOrRefused",
    "TAKES_GARBAGE, garbageIsRefusedWithAReason",
    "LEAVES_CHANNEL_OPEN, garbageIsRefusedWithAReason",
    "CHANGES_WHAT_IT_WRITES, writeOnlyReadsWhatItIsGiven",
    "SHARED_BUFFER, instancesAreIsolated",
    "WORKS_AFTER_CLOSE, useAfterCloseIsAnIoException",
    "CLOSE_THROWS_TWICE, closingTwiceDoesNothing",
    "HIDES_FULL_DISK, fullDiskIsAnIoException",
    "LEAKS, openAndCloseLeavesNothing",
  })
  void faultIsFound(Fault planted, String method) {
    fault = planted;
    ContractRun run = ContractRun.of(Subject.class, method);
    assertTrue(run.failed().contains(method), planted + " failed only " + run.failed());
  }
}
