package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.payload.PayloadFormat;
import org.mediacore.tck.FaultyPayloadFormat.Fault;

/** The contract finds each fault, and finds none where there is none. */
class PayloadFormatContractTest {
  private static volatile Fault fault = Fault.NONE;

  /** Not a test class of its own: it is run with one fault after the other. */
  static class Subject extends PayloadFormatContract {
    @Override
    protected PayloadFormat format() {
      return new FaultyPayloadFormat(fault);
    }

    @Override
    protected CodecDescriptor codec() {
      return FaultyPayloadFormat.codec();
    }

    @Override
    protected List<Fmtp> declarations() {
      return List.of(Fmtp.parse("config=2"));
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
    "NEW_DESCRIPTORS, descriptorIsStable",
    "OTHER_CODEC, descriptorIsStable",
    "DECLARES_SOMETHING_ELSE, whatIsDeclaredMeansTheSame",
    "THROWS_ON_ODD_PARAMETERS, parametersAreRefusedWithoutAnException",
    "TAKES_REFUSED_PARAMETERS, parametersAreRefusedWithoutAnException",
    "LOSES_A_BYTE, framesComeBack",
    "NEEDS_THE_PAYLOAD_BEFORE, lostPayloadCostsItsOwnFramesOnly",
    "MOVES_THE_POSITION, onlyTheRoomGivenIsWritten",
    "WRITES_BEHIND, onlyTheRoomGivenIsWritten",
    "ARRAYS_ONLY, onlyTheRoomGivenIsWritten",
    "OVERFLOWS, tooLittleRoomIsAStatus",
    "ANY_INDEX, frameThatIsNotThereIsAStatus",
    "TRUSTS_THE_LENGTH, badPayloadsAreSurvived",
    "EMPTY_IS_NOTHING, badPayloadsAreSurvived",
    "SHARED_STATE, instancesAreIsolated",
    "WORKS_AFTER_CLOSE, closedInstancesFailWithAStatus",
    "LEAKS, createAndCloseLeavesNothing",
    "ALLOCATES, nothingIsAllocatedPerPacket",
  })
  void faultIsFound(Fault planted, String method) {
    fault = planted;
    ContractRun run = ContractRun.of(Subject.class, method);
    assertEquals(Set.of(method), run.failed(), planted.toString());
  }
}
