package org.mediacore.signaling.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in the configuration. */
class SipConfigTest {
  private final List<String> complaints = new ArrayList<>();

  private SipConfig read(Map<String, ?> properties, SipConfig previous) {
    return SipConfig.read(properties, previous, complaints::add);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:5060, 127.0.0.1:5060",
    "192.0.2.7:1, 192.0.2.7:1",
    "[::1]:65535, [0:0:0:0:0:0:0:1]:65535",
    "::1:5060, [0:0:0:0:0:0:0:1]:5060"
  })
  void addressIsRead(String text, String shown) {
    assertEquals(shown, ListenAddress.parse(text).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5060",
        ":5060",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:0",
        "127.0.0.1:65536",
        "127.0.0.1:x",
        "127.0.0.1:-1",
        "localhost:5060",
        "256.0.0.1:5060",
        "1.2.3:5060",
        "0.0.0.0:5060",
        "[::]:5060",
        "[127.0.0.1]:5060",
        "[:::1]:5060",
        "127.0.0.1:999999999999"
      })
  void addressIsRefused(String text) {
    assertEquals(Optional.empty(), ListenAddress.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "10.0.0.0/9, 10.127.255.255, true",
    "10.0.0.0/9, 10.128.0.0, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false"
  })
  void networkContains(String network, String address, boolean contained) throws Exception {
    AllowList list = AllowList.parse(network).orElseThrow();
    assertEquals(contained, list.permits(InetAddress.getByName(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "::1/129", "a.example/8"})
  void networkIsRefused(String text) {
    assertEquals(Optional.empty(), AllowList.parse(text));
  }

  @Test
  void noNetworkMeansThisMachineAlone() throws Exception {
    AllowList none = AllowList.parse(" ").orElseThrow();
    assertTrue(none.permits(InetAddress.getByName("127.3.2.1")));
    assertFalse(none.permits(InetAddress.getByName("192.0.2.1")));
  }

  @Test
  void wrongValueIsNamedAndThePreviousStays() {
    SipConfig first = read(Map.of("listen", "127.0.0.1:5070", "max.calls", "7"), SipConfig.DEFAULT);
    SipConfig second =
        read(Map.of("listen", "everywhere", "allow", "10/8", "max.calls", "many"), first);
    assertEquals(first.listen(), second.listen());
    assertEquals(7, second.maxCalls());
    assertEquals(3, complaints.size());
    assertEquals(
        "org.mediacore.signaling.sip: listen=everywhere is not valid, staying with"
            + " '127.0.0.1:5070'; allowed: "
            + ListenAddress.ALLOWED,
        complaints.get(0));
  }

  @Test
  void absentKeysHaveTheirDefaults() {
    SipConfig first = read(Map.of("listen", "127.0.0.1:5070"), SipConfig.DEFAULT);
    assertEquals("127.0.0.1:5060", read(Map.of(), first).listen().toString());
    assertEquals(List.of(), complaints);
  }

  @Test
  void severalNetworksAsAListOrInOneLine() {
    String[] list = {"192.0.2.0/24", "::1"};
    AllowList fromList = read(Map.of("allow", list), SipConfig.DEFAULT).allow();
    AllowList fromLine = read(Map.of("allow", "192.0.2.0/24, ::1"), SipConfig.DEFAULT).allow();
    assertEquals("192.0.2.0/24,::1", fromList.toString());
    assertEquals(fromList.toString(), fromLine.toString());
  }

  @Test
  void publicAddressNeedsAnAllowList() {
    SipConfig open = read(Map.of("listen", "192.0.2.1:5060"), SipConfig.DEFAULT);
    assertTrue(open.refusal().orElseThrow().contains("set allow"));
    SipConfig closed =
        read(Map.of("listen", "192.0.2.1:5060", "allow", "10.0.0.0/8"), SipConfig.DEFAULT);
    assertEquals(Optional.empty(), closed.refusal());
  }
}
