package org.mediacore.runtime.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mediacore.runtime.sim.SimulatedPlatform.G711;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.MediaSession;
import org.mediacore.api.state.TransportState;
import org.mediacore.api.swap.SwapReceipt;
import org.mediacore.api.transport.PacketChannel;
import org.mediacore.api.transport.PacketSink;
import org.mediacore.api.transport.Transport;
import org.mediacore.api.transport.TransportFactory;
import org.mediacore.runtime.registry.ProviderInfo;
import org.mediacore.runtime.session.Swaps;
import org.mediacore.runtime.sim.SimulatedNetwork.Impairment;
import org.mediacore.runtime.transport.TransportProvider;
import org.mediacore.transport.udp.UdpTransportFactory;
import org.osgi.framework.Version;

/** Transports that are replaced under a call. */
class TransportSwapTest {
  private final ExecutorService trials = Executors.newCachedThreadPool();
  private SimulatedPlatform platform;
  private Swaps swaps;

  @BeforeEach
  void start() throws Exception {
    platform = new SimulatedPlatform(11, Impairment.NONE);
    swaps = platform.swaps(trials, 2_000);
  }

  @AfterEach
  void stop() {
    trials.shutdownNow();
  }

  private void add(TransportFactory factory, String version, long id) {
    ProviderInfo info = new ProviderInfo("transport.udp", Version.parseVersion(version), 0, id);
    platform.services().transports().add(new TransportProvider(factory, info));
  }

  private SimulatedPhone call(ConnectOptions options) throws Exception {
    SimulatedPhone phone = platform.phone(G711, "PCMU/8000", 0, 425);
    MediaSession session = platform.answer(phone);
    session.connect(session, options);
    platform.run(500);
    return phone;
  }

  private void update() {
    platform.manager().update(swaps, false);
  }

  @Test
  void aHundredTransportsInARowLoseNothing() throws Exception {
    SimulatedPhone relayed = call(ConnectOptions.DEFAULT);
    SimulatedPhone decoded = call(ConnectOptions.DECODED);
    for (int i = 1; i <= 100; i++) {
      add(new UdpTransportFactory(), "1.0." + i, 10 + i);
      update();
      platform.run(30);
    }
    List<SwapReceipt> receipts = platform.swapLog().receipts();
    assertEquals(200, receipts.size());
    assertEquals("transport RTP/AVP", receipts.get(0).part());
    assertEquals("transport.udp 1.0.1", receipts.get(0).to());
    SeamlessStream.check(relayed, 425);
    SeamlessStream.check(decoded, 425);
  }

  @Test
  void whatHasLatchedStaysLatched() throws Exception {
    SimulatedPhone phone = call(ConnectOptions.DEFAULT);
    List<TransportState> states = new java.util.ArrayList<>();
    add(new Hooked((state) -> states.add(state)), "1.1.0", 10);
    update();
    platform.run(100);
    assertTrue(states.get(0).latchedRtp().isPresent(), states.toString());
    SeamlessStream.check(phone, 425);
  }

  @Test
  void transportThatForgetsItsStateIsQuarantined() throws Exception {
    SimulatedPhone phone = call(ConnectOptions.DEFAULT);
    TransportFactory forgetful =
        new Hooked(state -> {}) {
          @Override
          TransportState kept(TransportState state) {
            return TransportState.initial(
                state.profile(),
                state.rtcpMux(),
                state.signalledRtp(),
                state.signalledRtcp(),
                state.latchPolicy());
          }
        };
    add(forgetful, "1.1.0", 10);
    update();
    platform.run(300);
    assertEquals(List.of(), platform.swapLog().receipts());
    assertEquals(1, platform.swapLog().quarantined().size());
    SeamlessStream.check(phone, 425);
  }

  private void assertLosesTheCallAgain(TransportFactory failing) throws Exception {
    SimulatedPhone phone = call(ConnectOptions.DEFAULT);
    add(failing, "1.1.0", 10);
    update();
    platform.run(300);
    assertEquals(1, platform.swapLog().quarantined().size());
    update();
    assertEquals("the provider failed", platform.swapLog().receipts().get(1).reason());
    phone.forget();
    platform.run(500);
    SeamlessStream.check(phone, 425);
  }

  @Test
  void transportThatFailsToReceiveLosesTheCallAgain() throws Exception {
    assertLosesTheCallAgain(
        new Hooked(state -> {}) {
          @Override
          void onReceive() {
            throw new IllegalStateException("broken");
          }
        });
  }

  @Test
  void transportThatOnlyFailsToSendLosesTheCallAsWell() throws Exception {
    assertLosesTheCallAgain(
        new Hooked(state -> {}) {
          @Override
          void onSend() {
            throw new IllegalStateException("broken");
          }
        });
  }

  /** A real transport with something in its way. */
  private static class Hooked implements TransportFactory {
    private final TransportFactory real = new UdpTransportFactory();
    private final java.util.function.Consumer<TransportState> onCreate;

    Hooked(java.util.function.Consumer<TransportState> onCreate) {
      this.onCreate = onCreate;
    }

    TransportState kept(TransportState state) {
      return state;
    }

    void onReceive() {}

    void onSend() {}

    @Override
    public Set<String> profiles() {
      return real.profiles();
    }

    @Override
    public Transport create(TransportState state, PacketChannel channel, PacketSink sink)
        throws MediaSetupException {
      onCreate.accept(state);
      Transport transport = real.create(kept(state), channel, sink);
      return new Transport() {
        @Override
        public void receive(int component, ByteBuffer packet, InetSocketAddress from, long nowNs) {
          onReceive();
          transport.receive(component, packet, from, nowNs);
        }

        @Override
        public boolean send(int component, ByteBuffer packet) {
          onSend();
          return transport.send(component, packet);
        }

        @Override
        public TransportState snapshot() {
          return transport.snapshot();
        }

        @Override
        public void close() {
          transport.close();
        }
      };
    }
  }
}
