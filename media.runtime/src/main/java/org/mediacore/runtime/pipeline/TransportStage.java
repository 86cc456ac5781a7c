package org.mediacore.runtime.pipeline;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.state.TransportState;
import org.mediacore.api.transport.PacketChannel;
import org.mediacore.api.transport.PacketSink;
import org.mediacore.api.transport.Transport;
import org.mediacore.runtime.transport.TransportProvider;

/**
 * A session's transport, and the change to a successor between two packets. One that throws loses
 * its own packet, not the turn of others.
 */
public final class TransportStage {
  private final PacketChannel channel;
  private final PacketSink sink;
  private final String profile;
  private final FailureRun received = new FailureRun();
  private final FailureRun sent = new FailureRun();
  private volatile TransportProvider provider;
  private Transport transport;
  private TransportState last;
  private LegListener listener;
  private boolean closed;

  /** Creates the transport; may block, so not on a loop. */
  public TransportStage(
      TransportProvider provider, TransportState state, PacketChannel channel, PacketSink sink)
      throws MediaSetupException {
    this.provider = provider;
    this.channel = channel;
    this.sink = sink;
    this.profile = state.profile();
    this.last = state;
    this.transport = provider.create(state, channel, sink);
  }

  /** Who made the transport; any thread may ask. */
  public TransportProvider provider() {
    return provider;
  }

  /** The SDP transport protocol. */
  public String profile() {
    return profile;
  }

  void listener(LegListener newListener) {
    listener = newListener;
    received.listener(newListener);
    sent.listener(newListener);
  }

  /**
   * As {@link Transport#receive}.
   *
   * @return what it threw, or null
   */
  Throwable receive(int component, ByteBuffer datagram, InetSocketAddress from, long nowNs) {
    try {
      transport.receive(component, datagram, from, nowNs);
      received.worked();
      return null;
    } catch (Throwable broken) { // somebody's code: one packet is lost, not the turn of others
      return failed(received, broken);
    }
  }

  /** As {@link Transport#send}; false also where it throws. */
  boolean send(int component, ByteBuffer packet) {
    try {
      boolean sent = transport.send(component, packet);
      this.sent.worked();
      return sent;
    } catch (Throwable broken) { // as above
      listener.failed(failed(sent, broken));
      return false;
    }
  }

  private Throwable failed(FailureRun failures, Throwable broken) {
    failures.cause(broken);
    failures.failed(true, provider, "transport");
    return broken;
  }

  /** As {@link Transport#snapshot}; on the loop. */
  public TransportState snapshot() {
    return transport.snapshot();
  }

  // ---- change to a successor

  /** The state that the transport is in now; on the loop. */
  public SwapTrial<TransportProvider> trial() {
    last = lastState();
    TransportState state = last;
    return (to, outcome, standing) -> prepare(to, state, outcome);
  }

  /** What a transport that fails at that cannot say any more is taken as it was last seen. */
  private TransportState lastState() {
    try {
      return snapshot();
    } catch (RuntimeException | LinkageError broken) {
      received.cause(broken);
      return last;
    }
  }

  private Successor prepare(TransportProvider to, TransportState state, SwapOutcome outcome)
      throws MediaSetupException {
    Transport made = to.create(state, channel, sink);
    TransportState taken;
    try {
      taken = made.snapshot();
    } catch (RuntimeException | LinkageError broken) {
      to.close(made);
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, to + " failed its trial", broken.toString(), broken);
    }
    if (!state.equals(taken)) {
      to.close(made);
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, to + " failed its trial: made from " + state, taken.toString());
    }
    return new Next(to, made, state, outcome);
  }

  /** A transport that is to take over; waits for nothing. */
  private final class Next implements Successor {
    private final TransportProvider maker;
    private final Transport made;
    private final TransportState from;
    private final SwapOutcome outcome;

    Next(TransportProvider maker, Transport made, TransportState from, SwapOutcome outcome) {
      this.maker = maker;
      this.made = made;
      this.from = from;
      this.outcome = outcome;
    }

    @Override
    public SwapOutcome outcome() {
      return outcome;
    }

    @Override
    public boolean handOver() {
      if (closed) {
        outcome.refused("the transport has ended", this::discard, false);
        return true;
      }
      if (!lastState().equals(from)) {
        return false; // it has latched meanwhile
      }
      TransportProvider formerProvider = provider;
      Transport former = transport;
      transport = made;
      provider = maker;
      received.worked();
      sent.worked();
      outcome.switched(SwapOutcome.Facts.NONE, () -> formerProvider.close(former));
      return true;
    }

    @Override
    public void discard() {
      maker.close(made);
    }
  }

  /**
   * Closes the transport; on the loop.
   *
   * @return what it threw, or null
   */
  Throwable close() {
    closed = true;
    return discard();
  }

  /** Closes the transport of a stage that no loop has seen; gives what it threw, or null. */
  public Throwable discard() {
    try {
      provider.close(transport);
      return null;
    } catch (Throwable broken) { // somebody's code: the leg goes on
      return broken;
    }
  }
}
