package org.mediacore.runtime.session;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.MediaKind;
import org.mediacore.api.session.SessionReport;
import org.mediacore.api.session.StreamReport;
import org.mediacore.api.session.StreamStatistics;
import org.mediacore.api.state.TransportState;
import org.mediacore.runtime.loop.MediaLoop;
import org.mediacore.runtime.negotiation.NegotiatedAudio;
import org.mediacore.runtime.pipeline.AudioLeg;
import org.mediacore.runtime.pipeline.LegStatistics;
import org.mediacore.runtime.plan.PipelinePlan;

/** Makes reports of sessions. */
final class SessionReports {
  private SessionReports() {}

  private record OnLoop(StreamStatistics statistics, Optional<InetSocketAddress> remote) {}

  static SessionReport of(CoreSession session) {
    List<PipelinePlan> plans;
    String peer;
    session.platform().lock().lock();
    try {
      plans = session.link().map(link -> link.plans(session)).orElse(List.of());
      peer = session.link().map(Link::describe).orElse("");
    } finally {
      session.platform().lock().unlock();
    }
    AudioLeg leg = session.leg();
    MediaLoop loop = leg.loop();
    return new SessionReport(
        session.id(),
        session.options().label(),
        peer,
        plans.isEmpty() ? "" : plans.get(0).drive().label(),
        loop.index(),
        (loop.nowNs() - session.createdNs()) / 1_000_000,
        List.of(stream(session, plans)));
  }

  private static StreamReport stream(CoreSession session, List<PipelinePlan> plans) {
    AudioLeg leg = session.leg();
    OnLoop onLoop = onLoop(leg);
    Optional<NegotiatedAudio> audio = session.negotiated();
    List<String> lines = new ArrayList<>();
    String[] ways = {"in: ", "out: "};
    for (int i = 0; i < plans.size(); i++) {
      for (String line : plans.get(i).explain()) {
        lines.add(ways[i] + line);
      }
    }
    return new StreamReport(
        MediaKind.AUDIO,
        audio.map(a -> a.direction().attributeName()).orElse("inactive"),
        audio.map(a -> a.parameters().descriptor().rtpmap()).orElse(""),
        text(leg.localAddress()),
        onLoop.remote().map(SessionReports::text).orElse(""),
        lines,
        onLoop.statistics());
  }

  private static OnLoop onLoop(AudioLeg leg) {
    try {
      return Platform.await(leg.loop(), () -> new OnLoop(LegStatistics.of(leg), remoteOf(leg)));
    } catch (MediaSetupException stuck) {
      throw new IllegalStateException(stuck.getMessage(), stuck);
    }
  }

  private static Optional<InetSocketAddress> remoteOf(AudioLeg leg) {
    if (leg.transport() == null) {
      return Optional.empty();
    }
    TransportState state = leg.transport().snapshot();
    return state.latchedRtp().or(state::signalledRtp);
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
