package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.mediacore.rtp.RtcpScheduler;
import org.mediacore.rtp.RtcpSession;
import org.mediacore.rtp.RtpTime;
import org.mediacore.runtime.loop.LoopTimer;

/** The RTCP of a leg: reports on time, digests the peer's. RTCP ends here; nothing is passed on. */
final class LegRtcp extends LoopTimer {
  /** The bandwidth that RTCP gets its 5 % of: a G.711 stream each way with headers. */
  private static final long SESSION_BANDWIDTH_BPS = 160_000;

  private static final int FIRST_PACKET_BYTES = 80;
  private static final byte[] NO_REASON = {};

  private final AudioLeg leg;
  private final RandomGenerator random;
  private final byte[] cname;
  private RtcpScheduler scheduler;
  private RtcpSession session;

  LegRtcp(AudioLeg leg, RandomGenerator random, long nowNs) {
    this.leg = leg;
    this.random = random;
    byte[] name = new byte[12];
    random.nextBytes(name);
    // RFC 7022 §4.2: a short-term CNAME of 96 random bits.
    this.cname = HexFormat.of().formatHex(name).getBytes(StandardCharsets.US_ASCII);
    renew(nowNs);
  }

  private void renew(long nowNs) {
    scheduler =
        new RtcpScheduler(
            SESSION_BANDWIDTH_BPS,
            RtcpScheduler.DEFAULT_MINIMUM_NS,
            random,
            nowNs,
            FIRST_PACKET_BYTES);
    session = new RtcpSession(leg.sender(), leg.receiver(), scheduler, cname, true);
  }

  /** The SSRC or the clock changed: reports start over. */
  void restart() {
    renew(leg.loop().nowNs());
    start();
  }

  void start() {
    leg.loop().schedule(this, scheduler.nextNs());
  }

  void stop() {
    leg.loop().cancel(this);
  }

  @Override
  protected void fire(long dueNs, long nowNs) {
    // First, so that reports go on whatever happens below.
    leg.loop().schedule(this, nowNs + RtcpScheduler.DEFAULT_MINIMUM_NS);
    leg.checkActivity(nowNs);
    if (session.due(nowNs) && leg.transport() != null) {
      ByteBuffer out = leg.loop().scratch().packet();
      if (session.build(out, nowNs, ntpNow()) > 0) {
        out.flip();
        leg.output().rtcp(out);
      }
    }
    long next = scheduler.nextNs();
    if (next - nowNs > 0) {
      leg.loop().schedule(this, next);
    }
  }

  /** Takes in a compound; true where it is well formed. */
  boolean digest(ByteBuffer compound, long nowNs) {
    int events = session.digest(compound, nowNs, ntpNow());
    if (events < 0) {
      leg.countMalformed();
      return false;
    }
    if ((events & RtcpSession.REPORT) != 0 && leg.encoder() != null) {
      leg.encoder().lossReported((int) (session.remoteFractionLost() * 100 / 256));
    }
    leg.alive(nowNs);
    if ((events & RtcpSession.COLLISION) != 0) {
      leg.collision(nowNs);
    }
    return true;
  }

  /** Sends the last compound. */
  void bye() {
    if (leg.transport() == null || leg.sender().packetsSent() == 0) {
      return;
    }
    ByteBuffer out = leg.loop().scratch().packet();
    if (session.buildBye(out, leg.loop().nowNs(), ntpNow(), NO_REASON) > 0) {
      out.flip();
      leg.output().rtcp(out);
    }
  }

  RtcpSession session() {
    return session;
  }

  private long ntpNow() {
    long ms = leg.loop().engine().wallClockMs();
    return RtpTime.ntp(ms / 1000, (int) (ms % 1000) * 1_000_000);
  }
}
