package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.dsp.SampleFifo;
import org.mediacore.rtp.JitterBuffer;
import org.mediacore.rtp.RtpPacket;
import org.mediacore.rtp.RtpReceiver;
import org.mediacore.runtime.loop.LoopScratch;

/**
 * Incoming audio that is pulled by a tick: jitter buffer, decoder or concealment, conversion to
 * what the puller needs, re-blocking.
 */
public final class ClockedInbound implements Inbound {
  private static final int SLOTS = 32;

  /** How long missing audio is made up before it becomes silence. */
  private static final int MAX_CONCEAL_MS = 120;

  /** How long the comfort noise of a pause goes on without a sign of the far end. */
  static final int MAX_PAUSE_MS = 5_000;

  /** What a fifo has room for at first: the payloads of nearly all peers. */
  private static final int USUAL_PAYLOAD_US = 120_000;

  /** What is made up or left silent at a time while nothing is known of the next packet. */
  private static final int STEP_US = 10_000;

  private static final long NOTHING_YET = Long.MIN_VALUE;

  private final AudioLeg from;
  private final DecodeStage decoder;
  private final JitterBuffer buffer;
  private final int clockRateHz;
  private final AudioFormat format;
  private AudioConverter converter;
  private SampleFifo fifo;
  private AudioFormat sink;
  private int frameSamples;
  private int concealedSamples;
  private boolean heard;
  private int noiseType = LegMedia.NONE;
  private final long leastWaitNs;
  private final int delayTicks;
  private ClockedInbound former;
  private boolean over;
  private boolean starting;
  private long firstNs = NOTHING_YET;

  /**
   * @param sink the audio that {@link #pull} gives
   */
  public ClockedInbound(AudioLeg from, DecodeStage decoder, AudioFormat sink, int delayMs) {
    this.from = from;
    this.decoder = decoder;
    this.format = decoder.format();
    this.clockRateHz = decoder.parameters().descriptor().rtpClockRateHz();
    this.buffer = new JitterBuffer(clockRateHz, delayMs, SLOTS, this::ticksIn);
    this.frameSamples = format.samplesIn(decoder.parameters().frameDurationUs());
    this.concealedSamples = Integer.MAX_VALUE / 2;
    this.leastWaitNs = delayMs * 1_000_000L / 2;
    this.delayTicks = (int) ((long) delayMs * clockRateHz / 1000);
    sink(sink);
  }

  /** Whether this decodes with it; {@code null} is nobody's. */
  public boolean decodesWith(DecodeStage stage) {
    return decoder == stage;
  }

  /**
   * Goes on behind the audio of another codec on the same leg: that is heard to its end before this
   * begins. Who pulled the other one pulls this one from now on.
   */
  public void follow(ClockedInbound predecessor) {
    former = predecessor;
    former.former = null; // one codec back is enough: the one before it had its time
    former.sink(sink);
    heard = former.heard;
  }

  /** The predecessor's audio cannot be had any more. */
  @Override
  public void end() {
    over = true;
  }

  /** Changes the audio that {@link #pull} gives; what is half converted is dropped. */
  public void sink(AudioFormat newSink) {
    if (newSink.equals(sink)) {
      return;
    }
    sink = newSink;
    if (former != null) {
      former.sink(newSink);
    }
    converter = newSink.equals(format) ? null : new AudioConverter(format, newSink);
    fifo = fifoFor(USUAL_PAYLOAD_US);
  }

  private SampleFifo fifoFor(int payloadUs) {
    int samples = format.samplesIn(payloadUs);
    int converted = converter == null ? samples : converter.maxOutputSamples(samples);
    return new SampleFifo(converted + sink.samplesIn(STEP_US * 2), sink.channels());
  }

  @Override
  public void media(RtpPacket packet, ByteBuffer datagram, int arrival, long nowNs) {
    packet.limitToPayload();
    put(packet, datagram, arrival, nowNs);
  }

  @Override
  public void event(RtpPacket packet, ByteBuffer datagram, int arrival, long nowNs) {
    // An event takes a sequence number: without its place being filled it would count as lost
    // audio.
    packet.limitToPayload();
    datagram.limit(datagram.position());
    put(packet, datagram, arrival, nowNs);
  }

  @Override
  public void noise(RtpPacket packet, ByteBuffer datagram, int arrival, long nowNs) {
    noiseType = packet.payloadType();
    packet.limitToPayload();
    put(packet, datagram, arrival, nowNs);
  }

  private void put(RtpPacket packet, ByteBuffer payload, int arrival, long nowNs) {
    if (over) {
      from.countLate();
      return;
    }
    if (arrival == RtpReceiver.RESTART) {
      buffer.restart();
    }
    if (firstNs == NOTHING_YET) {
      firstNs = nowNs;
    }
    int status =
        buffer.put(
            from.extendedSequence(),
            from.extendedTimestamp(),
            packet.marker(),
            packet.payloadType(),
            payload,
            nowNs);
    if (status == JitterBuffer.LATE || status == JitterBuffer.STALE) {
      from.countLate();
    } else if (status == JitterBuffer.TOO_LARGE) {
      from.countMalformed();
    }
  }

  /**
   * Gives the next audio, silence where there is none.
   *
   * @param pcm interleaved samples in the sink's format go here
   * @param samples samples per channel, at most 20 ms
   * @return whether any of it came from the far end or was made up for it
   */
  public boolean pull(short[] pcm, int offset, int samples, long nowNs) {
    boolean any = false;
    while (fifo.available() < samples) {
      any |= former == null ? produce(nowNs) : drain(samples - fifo.available(), nowNs);
    }
    fifo.read(pcm, offset, samples);
    return any || heard;
  }

  /**
   * Takes audio of the codec before, until it has no packet left and one of this codec has waited
   * for at least half of the delay.
   */
  private boolean drain(int samples, long nowNs) {
    int ready = Math.min(samples, former.fifo.available());
    if (ready > 0) {
      short[] pcm = from.loop().scratch().converted;
      former.fifo.read(pcm, 0, ready);
      fifo.write(pcm, 0, ready);
    } else if (former.over || former.buffer.waiting() == 0 && waitsSince(nowNs) >= leastWaitNs) {
      former.over = true;
      former = null;
      starting = true;
    } else {
      heard = former.produce(nowNs);
    }
    return heard;
  }

  private long waitsSince(long nowNs) {
    return buffer.waiting() == 0 ? 0 : nowNs - firstNs;
  }

  /** How long a packet is that waits; 0 where it has no audio. */
  private int ticksIn(int payloadType, ByteBuffer payload) {
    boolean audio = payloadType != noiseType && payload.hasRemaining();
    return audio ? ticks(Math.max(0, decoder.samplesIn(payload))) : 0;
  }

  private int ticks(int samples) {
    return (int) ((long) samples * clockRateHz / format.sampleRateHz());
  }

  /** What to play; the first packet behind another codec's audio is played without a pause. */
  private int poll(long nowNs) {
    int what = buffer.poll(nowNs);
    if (starting) {
      starting = false;
      if (what == JitterBuffer.EMPTY && buffer.waiting() > 0) {
        buffer.advance(delayTicks);
        what = buffer.poll(nowNs);
      }
    }
    return what;
  }

  private boolean produce(long nowNs) {
    LoopScratch scratch = from.loop().scratch();
    switch (poll(nowNs)) {
      case JitterBuffer.FRAME -> decode(scratch);
      case JitterBuffer.LOST -> lost(scratch);
      case JitterBuffer.EMPTY -> missing(scratch);
      default -> silence(format.samplesIn(STEP_US), scratch);
    }
    return heard;
  }

  private void decode(LoopScratch scratch) {
    if (buffer.payloadType() == noiseType) {
      decoder.pause(buffer.payload());
      decoder.conceal(frameSamples, scratch.decoded);
      concealedSamples = 0;
      heard = true;
      give(frameSamples, scratch);
      return;
    }
    int samples = decoder.decode(buffer.payload(), scratch.decoded);
    if (samples <= 0) {
      samples = frameSamples;
      decoder.conceal(samples, scratch.decoded);
    } else {
      frameSamples = samples;
      concealedSamples = 0;
    }
    heard = true;
    give(samples, scratch);
  }

  /** A frame of the gap, or the end of it that is left where its begin was made up already. */
  private void lost(LoopScratch scratch) {
    long missing = buffer.ticksToNext() * format.sampleRateHz() / clockRateHz;
    int samples = (int) Math.min(frameSamples, missing);
    if (buffer.nextPayloadType() != noiseType) {
      int samplesToNext = (int) Math.min(missing - samples, Integer.MAX_VALUE);
      decoder.recover(buffer.nextPayload(), samplesToNext, samples, scratch.decoded);
    } else {
      decoder.conceal(samples, scratch.decoded);
    }
    give(samples, scratch);
  }

  /** Nothing came in time: made up for a while, then silence. */
  private void missing(LoopScratch scratch) {
    int samples = Math.min(frameSamples, format.samplesIn(STEP_US));
    int longestMs = decoder.pauses() ? MAX_PAUSE_MS : MAX_CONCEAL_MS;
    if (concealedSamples < format.samplesIn(longestMs * 1000)) {
      concealedSamples += samples;
      decoder.conceal(samples, scratch.decoded);
      give(samples, scratch);
    } else {
      silence(samples, scratch);
    }
  }

  private void silence(int samples, LoopScratch scratch) {
    heard = false;
    Arrays.fill(scratch.decoded, 0, samples * format.channels(), (short) 0);
    give(samples, scratch);
  }

  private void give(int samples, LoopScratch scratch) {
    buffer.advance(ticks(samples));
    if (converter == null) {
      write(scratch.decoded, samples, scratch);
    } else {
      int converted = converter.convert(scratch.decoded, 0, samples, scratch.converted, scratch);
      write(scratch.converted, converted, scratch);
    }
  }

  /** At the first payload longer than usual the fifo grows, once: few peers send any. */
  private void write(short[] pcm, int samples, LoopScratch scratch) {
    if (fifo.space() < samples) {
      SampleFifo larger = fifoFor(CodecParameters.MAX_PAYLOAD_DURATION_US);
      int kept = fifo.read(scratch.between, 0, fifo.available());
      larger.write(scratch.between, 0, kept);
      fifo = larger;
    }
    fifo.write(pcm, 0, samples);
  }
}
