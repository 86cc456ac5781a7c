package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.processing.AudioProcessorFactory;
import org.mediacore.tck.FaultyProcessorFactory.Fault;

/** The contract finds each fault, and finds none where there is none. */
class AudioProcessorFactoryContractTest {
  private static volatile Fault fault = Fault.NONE;
  private static volatile int tolerance;

  /** Not a test class of its own: it is run with one fault after the other. */
  static class Subject extends AudioProcessorFactoryContract {
    @Override
    protected AudioProcessorFactory factory() {
      return new FaultyProcessorFactory(fault);
    }

    @Override
    protected int cutTolerance() {
      return tolerance;
    }

    @Override
    protected int warmUpBlocks() {
      return 300;
    }
  }

  @Test
  void goodProcessorPasses() {
    fault = Fault.NONE;
    tolerance = 0;
    ContractRun run = ContractRun.of(Subject.class);
    assertEquals(Set.of(), run.failed());
    assertTrue(run.succeeded() >= 30, run.succeeded() + " tests");
  }

  @ParameterizedTest
  @CsvSource({
    "NEW_DESCRIPTORS, descriptorIsStable",
    "REFUSES_ALL, formatWorksOrIsRefused",
    "REFUSES_AS_A_LIMIT, formatWorksOrIsRefused",
    "THROWS_ON_STEREO, formatWorksOrIsRefused",
    "ONE_SAMPLE_LESS, formatWorksOrIsRefused",
    "NOT_ONE_SAMPLE, blockOfAnyLengthComesBack",
    "DEPENDS_ON_BLOCKS, cutsChangeNothing",
    "WRITES_BEHIND, onlyTheBlockIsTouched",
    "READS_BEHIND, onlyTheBlockIsTouched",
    "SHARED_STATE, instancesAreIsolated",
    "SHARED_STATE, factoryServesSeveralThreads",
    "DELAY_CHANGES, delayIsConstant",
    "NEGATIVE_DELAY, delayIsConstant",
    "THROWS_ON_FULL_SCALE, extremeAudioIsSurvived",
    "STUCK_AFTER_FULL_SCALE, extremeAudioIsSurvived",
    "WORKS_AFTER_CLOSE, closedProcessorFailsWithAStatus",
    "CLOSE_THROWS_TWICE, closedProcessorFailsWithAStatus",
    "LEAKS, createAndCloseLeavesNothing",
    "LEAKS_OFF_HEAP, createAndCloseLeavesNothing",
    "ALLOCATES, nothingIsAllocatedPerBlock",
  })
  void faultIsFound(Fault planted, String method) {
    fault = planted;
    tolerance = 0;
    ContractRun run = ContractRun.of(Subject.class, method);
    assertEquals(Set.of(method), run.failed(), planted.toString());
  }

  /** A processor of blocks may say so. */
  @Test
  void dependingOnBlocksIsAllowedWhereDeclared() {
    fault = Fault.DEPENDS_ON_BLOCKS;
    tolerance = -1;
    ContractRun run = ContractRun.of(Subject.class, "cutsChangeNothing");
    assertEquals(Set.of(), run.failed());
    assertEquals(0, run.succeeded(), "it is skipped, not passed");
  }
}
