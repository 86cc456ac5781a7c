package org.mediacore.tck;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.mediacore.api.state.LatchPolicy;
import org.mediacore.api.state.TransportState;
import org.mediacore.api.transport.TransportFactory;

/**
 * What a bundle with a {@link TransportFactory} owes the platform: it can be replaced under running
 * calls. For a transport of {@code RTP/AVP} an empty subclass will do; one that protects packets
 * overrides {@link #asPeerSends}.
 */
public abstract class TransportBundleContract extends BundleContract<TransportFactory> {
  private static final InetSocketAddress SIGNALLED = new InetSocketAddress("192.0.2.10", 4000);
  private static final InetSocketAddress SIGNALLED_RTCP = new InetSocketAddress("192.0.2.10", 4001);

  /** Made by a subclass that tests one bundle. */
  protected TransportBundleContract() {
    super(TransportFactory.class);
  }

  /** The profile to test. */
  protected String profile() {
    return "RTP/AVP";
  }

  /** The datagram that carries an RTP or RTCP packet from the peer. */
  protected byte[] asPeerSends(byte[] packet) {
    return packet;
  }

  @Override
  final BundleExercise open(TransportFactory factory) throws Exception {
    TransportExercise exercise = new TransportExercise(this::asPeerSends);
    exercise.add(factory, state(true, LatchPolicy.SIGNALLED_ADDRESS));
    exercise.add(factory, state(false, LatchPolicy.SIGNALLED_ADDRESS));
    exercise.add(factory, state(false, LatchPolicy.ANY));
    return exercise;
  }

  @Override
  final void createAndClose(TransportFactory factory) throws Exception {
    TransportState state = state(true, LatchPolicy.SIGNALLED_ADDRESS);
    factory.create(state, new RecordingChannel(), new RecordingSink()).close();
  }

  private TransportState state(boolean mux, LatchPolicy policy) {
    return TransportState.initial(
        profile(),
        mux,
        Optional.of(SIGNALLED),
        Optional.of(mux ? SIGNALLED : SIGNALLED_RTCP),
        policy);
  }
}
