package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.transport.TransportFactory;
import org.mediacore.tck.FaultyTransportFactory.Fault;

/** The contract finds each fault, and finds none where there is none. */
class TransportFactoryContractTest {
  private static volatile Fault fault = Fault.NONE;

  /** Not a test class of its own: it is run with one fault after the other. */
  static class Subject extends TransportFactoryContract {
    @Override
    protected TransportFactory factory() {
      return new FaultyTransportFactory(fault);
    }
  }

  @Test
  void goodTransportPasses() {
    fault = Fault.NONE;
    ContractRun run = ContractRun.of(Subject.class);
    assertEquals(List.of(), run.failures());
    assertTrue(run.succeeded() >= 20, run.succeeded() + " tests");
  }

  @ParameterizedTest
  @CsvSource({
    "NEW_PROFILES, profilesAreStable",
    "TAKES_ANY_PROFILE, foreignProfileIsRefusedWithItsName",
    "IGNORES_MUX, muxSendsBothThroughTheRtpPort",
    "SAYS_SENT, sendTellsWhetherItWasSent",
    "CLOCK_LOST, deliversThePeersPacket",
    "NEVER_LATCHES, latchesOnceToThePortBehindTheNat",
    "NEVER_LATCHES, anyPolicyLatchesTheFirst",
    "ACCEPTS_STRANGERS, strangerIsRefusedOnEveryPort",
    "LATCHES_UNEXPECTED, unexpectedPacketDoesNotLatch",
    "SNAPSHOT_FORGETS, successorContinues",
    "WRITES_BEHIND_HEADROOM, onlyThePacketAndItsHeadroomAreTouched",
    "SHARED_LATCH, instancesAreIsolated",
    "SENDS_WHEN_CLOSED, closedTransportIsSilent",
    "THROWS_ON_SHORT, oddDatagramsDoNotThrow",
    "LEAKS, createAndCloseLeavesNothing",
    "ALLOCATES, nothingIsAllocatedPerPacket",
  })
  void faultIsFound(Fault planted, String method) {
    fault = planted;
    ContractRun run = ContractRun.of(Subject.class);
    assertTrue(run.failed().contains(method), planted + " failed only " + run.failed());
  }
}
