package org.mediacore.runtime.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.dsp.MixBus;
import org.mediacore.dsp.TalkerDetector;
import org.mediacore.runtime.loop.LoopTimer;
import org.mediacore.runtime.loop.MediaLoop;

/**
 * Mixes the members of a room every 10 ms: each hears the sum of those who talk, without itself.
 * Only active talkers are added; who is silent hears a sum that is made once for all of them.
 *
 * <p>A tick is done member by member: first each is listened to, then each is told. Packets of
 * other calls that arrive meanwhile need not wait for all of it. All methods run on the room's
 * loop, which changes no room within a tick.
 */
public final class RoomMixer extends LoopTimer {
  /** The tick. */
  public static final int TICK_MS = 10;

  private static final long TICK_NS = TICK_MS * 1_000_000L;
  private static final long MAX_LAG_NS = 10 * TICK_NS;

  private final MediaLoop loop;
  private final List<Member> members = new ArrayList<>();
  private AudioFormat format;
  private MixBus bus;
  private short[] shared;
  private int samples;

  /** How many pieces of this tick were begun: a member listened to, or told. */
  private int steps;

  public RoomMixer(MediaLoop loop, AudioFormat format) {
    this.loop = loop;
    resize(format);
  }

  /** One who is in the room. */
  public static final class Member {
    private final ClockedInbound inbound;
    private OutboundAudio outbound;
    private TalkerDetector talker;
    private short[] pcm;
    private boolean talking;

    /** A member whose stages work in the room's format. */
    public Member(ClockedInbound inbound, OutboundAudio outbound, AudioFormat format) {
      this.inbound = inbound;
      reshape(outbound, format);
    }

    /** What it says. */
    public ClockedInbound inbound() {
      return inbound;
    }

    /** Takes stages for another format of the room. */
    public void reshape(OutboundAudio newOutbound, AudioFormat format) {
      inbound.sink(format);
      outbound = newOutbound;
      talker = new TalkerDetector(format.sampleRateHz(), format.channels());
      pcm = new short[format.elementsIn(TICK_MS * 1000)];
    }
  }

  private void resize(AudioFormat newFormat) {
    format = newFormat;
    samples = newFormat.samplesIn(TICK_MS * 1000);
    bus = new MixBus(samples, newFormat.channels());
    shared = new short[samples * newFormat.channels()];
  }

  /** The audio of the room. */
  public AudioFormat format() {
    return format;
  }

  /** Changes the audio of the room; the caller reshapes all members in the same turn. */
  public void reshape(AudioFormat newFormat) {
    resize(newFormat);
  }

  /** Lets a member in; the first one starts the tick. */
  public void add(Member member) {
    members.add(member);
    if (!isScheduled()) {
      loop.scheduleSpread(this, TICK_NS);
    }
  }

  /** Lets a member out; the last one stops the tick. */
  public void remove(Member member) {
    members.remove(member);
    if (members.isEmpty()) {
      loop.cancel(this);
    }
  }

  /**
   * The loop stood still for too long to make up for: the listeners' time goes on without audio.
   */
  private void skip(long lagNs) {
    for (int i = 0; i < members.size(); i++) {
      members.get(i).outbound.pause(lagNs / 1000);
    }
  }

  @Override
  protected void fire(long dueNs, long nowNs) {
    long lagNs = nowNs - dueNs;
    if (lagNs > MAX_LAG_NS) {
      skip(lagNs);
      loop.schedule(this, nowNs + TICK_NS);
    } else {
      loop.schedule(this, dueNs + TICK_NS);
    }
    bus.clear();
    steps = 0;
    goOn(nowNs);
  }

  @Override
  protected void goOn(long nowNs) {
    int count = members.size();
    int step = steps++;
    if (steps < 2 * count) {
      loop.continueWith(this); // said first: where a member fails, the others have their turn
    }
    if (step == count) {
      bus.output(shared, 0, samples);
    }
    if (step < count) {
      listen(members.get(step), nowNs);
    } else {
      tell(members.get(step - count), nowNs);
    }
  }

  private void listen(Member member, long nowNs) {
    member.talking = false;
    boolean heard = member.inbound.pull(member.pcm, 0, samples, nowNs);
    member.talking = heard && member.talker.update(member.pcm, 0, samples);
    if (member.talking) {
      bus.add(member.pcm, 0, samples);
    }
  }

  private void tell(Member member, long nowNs) {
    if (member.talking) {
      bus.output(member.pcm, 0, member.pcm, 0, samples);
      member.outbound.push(member.pcm, 0, samples, nowNs);
    } else {
      member.outbound.push(shared, 0, samples, nowNs);
    }
  }
}
