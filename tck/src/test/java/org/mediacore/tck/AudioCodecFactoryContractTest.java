package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.tck.FaultyCodecFactory.Fault;

/** The contract finds each fault, and finds none where there is none. */
class AudioCodecFactoryContractTest {
  private static volatile Fault fault = Fault.NONE;

  /** Not a test class of its own: it is run with one fault after the other. */
  static class Subject extends AudioCodecFactoryContract {
    @Override
    protected AudioCodecFactory factory() {
      return new FaultyCodecFactory(fault);
    }

    @Override
    protected int warmUpFrames() {
      return 300;
    }
  }

  @Test
  void goodCodecPasses() {
    fault = Fault.NONE;
    ContractRun run = ContractRun.of(Subject.class);
    assertEquals(Set.of(), run.failed());
    assertTrue(run.succeeded() >= 20, run.succeeded() + " tests");
  }

  @ParameterizedTest
  @CsvSource({
    "NEW_DESCRIPTORS, descriptorsAreStableAndDistinct",
    "NEGOTIATION_THROWS, negotiationIsTotal",
    "NEGOTIATION_ONE_SIDED, negotiationIsSymmetric",
    "TAKES_FOREIGN_DESCRIPTOR, foreignDescriptorIsRefused",
    "PASSING_THROWS, passingOnIsTotal",
    "PRIMES_WITH_NOTHING, primingIsWithinLimits",
    "PRIMES_DIFFERENTLY, primingIsWithinLimits",
    "PTIME_IGNORED, ptimeIsKept",
    "PTIME_EXCEEDED, ptimeIsKept",
    "SHARED_STATE, instancesAreIsolated",
    "SHARED_STATE, factoryServesSeveralThreads",
    "HEAP_BUFFERS_ONLY, encoderKeepsTheBufferRules",
    "LIMIT_MOVED, encoderKeepsTheBufferRules",
    "WRITES_INTO_SMALL_BUFFER, smallBufferIsRefusedUnchanged",
    "CONSUMES_BEFORE_REFUSING, smallBufferIsRefusedUnchanged",
    "TAKES_ANY_LENGTH, wrongFrameLengthIsAStatus",
    "MOVES_PAYLOAD, decoderKeepsTheBufferRules",
    "WRITES_BEHIND, decoderKeepsTheBufferRules",
    "ASKING_CHANGES_STATE, askingForTheLengthChangesNothing",
    "SAMPLES_IN_WRONG, frameComesBackInItsLength",
    "THROWS_ON_OVERLONG, badPayloadIsAStatus",
    "EMPTY_IS_FINE, badPayloadIsAStatus",
    "STUCK_AFTER_BAD, badPayloadIsAStatus",
    "CONCEALS_TOO_MUCH, concealedAudioHasTheLengthAskedFor",
    "RECOVERS_TOO_LITTLE, recoveredAudioHasTheLengthAskedFor",
    "RECOVERS_THE_WHOLE_GAP, recoveredAudioHasTheLengthAskedFor",
    "THROWS_FAR_BACK, recoveredAudioHasTheLengthAskedFor",
    "STUCK_AFTER_FAR_BACK, recoveredAudioHasTheLengthAskedFor",
    "EMPTY_TUNING_APPLIED, tuningIsTotal",
    "DTX_MOVES_POSITION, silenceIsSentOrLeftOut",
    "DTX_NEVER_ENDS, silenceIsSentOrLeftOut",
    "DTX_WITHOUT_EFFECT, silenceIsSentOrLeftOut",
    "DTX_FOR_GOOD, silenceIsSentOrLeftOut",
    "WORKS_AFTER_CLOSE, closedInstancesFailWithAStatus",
    "CLOSE_THROWS_TWICE, closedInstancesFailWithAStatus",
    "LEAKS, createAndCloseLeavesNothing",
    "LEAKS_OFF_HEAP, createAndCloseLeavesNothing",
    "ALLOCATES, nothingIsAllocatedPerFrame",
    "ENCODES_AND_REFUSES, encodersCanBeMadeAsTold",
    "ENCODES_IN_SECRET, encodersCanBeMadeAsTold",
    "SPEECH_PAUSES, speechIsNoPause",
    "PAUSE_IGNORED, describedPauseLastsUntilThePayload",
    "PAUSE_NEVER_ENDS, describedPauseLastsUntilThePayload",
    "PAUSE_MOVES_DESCRIPTION, describedPauseLastsUntilThePayload",
    "PAUSE_WITHOUT_A_BYTE, describedPauseLastsUntilThePayload",
    "PAUSE_WITHOUT_NOISE, describedPauseLastsUntilThePayload",
    "PAUSE_ENDED_BY_NOISE, describedPauseLastsUntilThePayload",
    "PAUSE_AFTER_CLOSE, describedPauseLastsUntilThePayload",
    "PAUSE_UNDECLARED, describedPauseLastsUntilThePayload",
    "DESCRIBES_UNDECLARED, leftOutFramesAreDescribed",
    "DESCRIBES_NOTHING, leftOutFramesAreDescribed",
    "DESCRIBES_WRONG_LENGTH, leftOutFramesAreDescribed",
    "DESCRIBES_FOR_NOBODY, leftOutFramesAreDescribed",
  })
  void faultIsFound(Fault planted, String method) {
    fault = planted;
    ContractRun run = ContractRun.of(Subject.class);
    assertTrue(run.failed().contains(method), planted + " failed only " + run.failed());
  }
}
