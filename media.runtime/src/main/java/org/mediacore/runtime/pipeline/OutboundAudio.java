package org.mediacore.runtime.pipeline;

import java.nio.ByteBuffer;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.dsp.SampleFifo;
import org.mediacore.rtp.RtpPacket;
import org.mediacore.runtime.loop.LoopScratch;

/**
 * Audio on its way out of a leg: conversion, re-blocking to the codec's frame length, encoding,
 * packets. Frames that have the right length already are encoded where they are.
 */
public final class OutboundAudio {
  private final AudioLeg leg;
  private final EncodeStage encoder;
  private final AudioConverter converter;
  private final int channels;
  private final int frameSamples;
  private final int timestampPerFrame;

  /** The beginning of a frame. */
  private final SampleFifo fifo;

  private boolean marker = true;
  private boolean fresh = true;

  /**
   * @param leg where the packets leave
   * @param encoder the leg's encoder
   * @param input the audio that {@link #push} is given
   */
  public OutboundAudio(AudioLeg leg, EncodeStage encoder, AudioFormat input) {
    CodecParameters parameters = encoder.parameters();
    AudioFormat format = parameters.sendFormat();
    this.leg = leg;
    this.encoder = encoder;
    this.channels = format.channels();
    this.frameSamples = parameters.samplesPerFrame();
    this.timestampPerFrame = parameters.timestampPerFrame();
    this.converter = input.equals(format) ? null : new AudioConverter(input, format);
    this.fifo = new SampleFifo(frameSamples, channels);
  }

  /** Takes audio in the input format and sends the frames that are complete. */
  public void push(short[] pcm, int offset, int samples, long nowNs) {
    LoopScratch scratch = leg.loop().scratch();
    short[] audio = pcm;
    int start = offset;
    int count = samples;
    if (converter != null) {
      audio = scratch.converted;
      start = 0;
      count = converter.convert(pcm, offset, samples, audio, scratch);
    }
    while (count > 0) {
      int taken = frameSamples;
      if (fifo.available() == 0 && count >= frameSamples) {
        send(audio, start, nowNs);
      } else {
        taken = fifo.write(audio, start, count);
        sendIfWhole(scratch.frame, nowNs);
      }
      start += taken * channels;
      count -= taken;
    }
  }

  private void sendIfWhole(short[] frame, long nowNs) {
    if (fifo.space() == 0) {
      fifo.read(frame, 0, frameSamples);
      send(frame, 0, nowNs);
    }
  }

  /**
   * Lets time pass without audio: a silence that the far end did not send either. Audio of an
   * incomplete frame is dropped with it.
   *
   * @param durationUs how long
   */
  public void pause(long durationUs) {
    fifo.clear();
    leg.sender().skip((int) (durationUs * leg.sender().clockRateHz() / 1_000_000));
    marker = true;
  }

  /** A frame that is left out, with a word of the silence where there is something to say. */
  private void pause(int noiseBytes, ByteBuffer packet, long nowNs) {
    if (noiseBytes > 0) {
      leg.output().noise(packet.flip(), noiseBytes, timestampPerFrame, nowNs);
    } else {
      leg.sender().skip(timestampPerFrame);
    }
  }

  /** The next frame is no continuation of the one before: its timestamp follows the clock. */
  public void breakOff() {
    fifo.clear();
    fresh = true;
    marker = true;
  }

  private void send(short[] pcm, int offset, long nowNs) {
    if (fresh) {
      leg.sender().catchUp(nowNs);
      fresh = false;
    }
    ByteBuffer packet = leg.loop().scratch().packet();
    packet.position(RtpPacket.HEADER_BYTES);
    int bytes = encoder.encode(pcm, offset, frameSamples, packet);
    if (bytes <= 0) {
      marker = true;
      pause(bytes == 0 ? encoder.describePause(packet) : 0, packet, nowNs);
      return;
    }
    packet.flip();
    int sequenceBefore = leg.sender().sequence();
    int timestampBefore = leg.sender().timestamp();
    boolean marked = marker || encoder.provider().marksFrameEnds();
    leg.output().media(packet, bytes, marked, timestampPerFrame, nowNs);
    if (encoder.hasChanged()) {
      encoder.tellChange(
          sequenceBefore, leg.sender().sequence(), timestampBefore, leg.sender().timestamp());
    }
    marker = false;
  }
}
