package org.mediacore.endpoint.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mediacore.api.endpoint.EndpointException.Reason;
import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.tck.EndpointProviderContract;

/** The contract at each kind of address. */
class StandardEndpointsContractTest {
  abstract static class AtAddress extends EndpointProviderContract {
    @TempDir Path home;
    EndpointFixture fixture;
    private EndpointProvider provider;

    @BeforeEach
    void makeProvider() {
      fixture = new EndpointFixture(home);
      provider = fixture.endpoints;
    }

    @Override
    protected void callEnded() throws IOException {
      fixture.work.runAll();
    }

    @Override
    protected EndpointProvider provider() {
      return provider;
    }

    @Override
    protected String refusedAddress() {
      return "play-nothing";
    }

    @Override
    protected List<String> oddAddresses() {
      return List.of("play-", "record-..", "conf- ", "bridge-\0", "record-" + "x".repeat(300));
    }
  }

  @Nested
  class Echo extends AtAddress {
    @Override
    protected String goodAddress() {
      return "echo";
    }
  }

  @Nested
  class Bridge extends AtAddress {
    @Override
    protected String goodAddress() {
      return "bridge-a";
    }
  }

  @Nested
  class Conference extends AtAddress {
    @Override
    protected String goodAddress() {
      return "conf-a";
    }
  }

  @Nested
  class Record extends AtAddress {
    @Override
    protected String goodAddress() {
      return "record-a";
    }

    /** Or each recording would look for a free number behind all earlier ones. */
    @Override
    protected void callEnded() throws IOException {
      super.callEnded();
      Files.delete(fixture.dataDir.resolve("a.wav"));
    }
  }

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"", "Echo", "echo1", "bridge", "conf", "player", "sip:echo"})
  void foreignAddressIsNotHandled(String address) {
    assertFalse(new EndpointFixture(home).endpoints.handles(address));
  }

  @Test
  void foreignAddressIsNotFound() {
    assertEquals(Reason.NOT_FOUND, new EndpointFixture(home).refusal("menu"));
  }
}
