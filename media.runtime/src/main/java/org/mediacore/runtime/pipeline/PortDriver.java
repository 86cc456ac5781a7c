package org.mediacore.runtime.pipeline;

import java.util.Arrays;
import java.util.function.Consumer;
import org.mediacore.api.MediaStatus;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.session.AudioPort;
import org.mediacore.runtime.loop.LoopTimer;
import org.mediacore.runtime.loop.MediaLoop;

/**
 * Connects a leg with an audio port: every tick, what the far end sent goes into the port, and what
 * the port gives goes to the far end. A port that throws is taken as finished.
 */
public final class PortDriver extends LoopTimer {
  private static final int TICK_MS = 20;
  private static final long TICK_NS = TICK_MS * 1_000_000L;

  /** A tick this late is not made up for: the loop was stopped, not busy. */
  private static final long MAX_LAG_NS = 10 * TICK_NS;

  private final MediaLoop loop;
  private final AudioPort port;
  private final ClockedInbound inbound;
  private final OutboundAudio outbound;
  private final Runnable onFinished;
  private final Consumer<Throwable> onFailed;
  private final int channels;
  private final int samples;
  private boolean finished;

  /**
   * @param onFinished told once, on the loop, when the port has nothing more to give
   * @param onFailed told what the port threw, on the loop
   */
  public PortDriver(
      MediaLoop loop,
      AudioPort port,
      AudioFormat format,
      ClockedInbound inbound,
      OutboundAudio outbound,
      Runnable onFinished,
      Consumer<Throwable> onFailed) {
    this.loop = loop;
    this.port = port;
    this.inbound = inbound;
    this.outbound = outbound;
    this.onFinished = onFinished;
    this.onFailed = onFailed;
    this.channels = format.channels();
    this.samples = samplesPerTick(format);
  }

  /** Samples per channel of one tick. */
  public static int samplesPerTick(AudioFormat format) {
    return format.samplesIn(TICK_MS * 1000);
  }

  /** Starts ticking; on the loop. */
  public void start() {
    loop.scheduleSpread(this, TICK_NS);
  }

  /** Stops ticking; on the loop. */
  public void stop() {
    loop.cancel(this);
  }

  @Override
  protected void fire(long dueNs, long nowNs) {
    long lagNs = nowNs - dueNs;
    if (lagNs > MAX_LAG_NS) {
      outbound.pause(lagNs / 1000);
      loop.schedule(this, nowNs + TICK_NS);
    } else {
      loop.schedule(this, dueNs + TICK_NS);
    }
    short[] pcm = loop.scratch().exchange;
    inbound.pull(pcm, 0, samples, nowNs);
    int given = exchange(pcm);
    if (given == MediaStatus.FINISHED) {
      finish();
    }
    int from = Math.max(0, Math.min(given, samples)) * channels;
    Arrays.fill(pcm, from, samples * channels, (short) 0);
    outbound.push(pcm, 0, samples, nowNs);
  }

  private int exchange(short[] pcm) {
    try {
      port.write(pcm, 0, samples);
      return finished ? 0 : port.read(pcm, 0, samples);
    } catch (Throwable broken) {
      onFailed.accept(broken);
      return finished ? 0 : MediaStatus.FINISHED;
    }
  }

  private void finish() {
    finished = true;
    onFinished.run();
  }
}
