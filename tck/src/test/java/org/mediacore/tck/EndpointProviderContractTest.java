package org.mediacore.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.tck.FaultyEndpointProvider.Fault;

/** The contract finds each fault, and finds none where there is none. */
class EndpointProviderContractTest {
  private static volatile Fault fault = Fault.NONE;

  /** Not a test class of its own: it is run with one fault after the other. */
  static class Subject extends EndpointProviderContract {
    private final EndpointProvider provider = new FaultyEndpointProvider(fault);

    @Override
    protected EndpointProvider provider() {
      return provider;
    }

    @Override
    protected String goodAddress() {
      return "tone";
    }

    @Override
    protected String refusedAddress() {
      return "tone-deaf";
    }
  }

  @Test
  void goodProviderPasses() {
    fault = Fault.NONE;
    ContractRun run = ContractRun.of(Subject.class);
    assertEquals(List.of(), run.failures());
    assertEquals(9, run.succeeded());
  }

  @ParameterizedTest
  @CsvSource({
    "HANDLING_THROWS, handlesIsTotal",
    "DOES_NOT_CONNECT, openConnectsTheCaller",
    "HANGS_UP, openConnectsTheCaller",
    "BUSY_FOR_GOOD, nextCallerFindsItFree",
    "REFUSES_BY_RUNTIME_EXCEPTION, refusalIsAnEndpointException",
    "THROWS_ON_ODD_ADDRESSES, openingOddAddressesNeverThrowsAnythingElse",
    "HIDES_FAILED_CONNECTION, failedConnectionIsAnEndpointException",
    "ONE_PORT_FOR_ALL, callersAreIsolated",
    "PORT_WRITES_OUTSIDE, portKeepsTheRules",
    "PORT_CHANGES_WHAT_IS_HEARD, portKeepsTheRules",
    "PORT_ALLOCATES, portKeepsTheRules",
    "LEAKS, endedCallsLeaveNothing",
  })
  void faultIsFound(Fault planted, String method) {
    fault = planted;
    ContractRun run = ContractRun.of(Subject.class, method);
    assertEquals(Set.of(method), run.failed(), planted.toString());
  }
}
