package org.mediacore.codec.opus;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.codec.AudioFormat;

/**
 * A decoder of libopus; its memory is arranged as in {@link NativeEncoder}. Where deep redundancy
 * is made use of, its reader and what it read lie behind the decoder's state.
 */
final class NativeDecoder implements DecoderCore {
  /** The highest complexity without neural networks. */
  private static final int CHEAP_COMPLEXITY = 4;

  private final NativeEngine engine;
  private final LibOpusControls controls;
  private final Memory memory;
  private final int sampleRateHz;
  private final int channels;
  private final boolean deepRedundancy;
  private final int complexity;
  private final long state;
  private final long dredDecoder;
  private final long dred;
  private final long pcmAddress;
  private final long payloadAddress;
  private final ShortBuffer pcmView;
  private final ByteBuffer payloadView;

  /** How far the redundancy reaches that was read of the payload in the view's limits. */
  private int reach;

  /** Whether {@link #reach} holds; not once another payload was put into the view. */
  private boolean reachKnown;

  private boolean hurried;

  NativeDecoder(NativeEngine engine, LibOpusControls controls, DecoderPlan plan)
      throws MediaSetupException {
    this.engine = engine;
    this.controls = controls;
    AudioFormat format = plan.format();
    sampleRateHz = format.sampleRateHz();
    channels = format.channels();
    deepRedundancy = plan.deepRedundancy() && engine.has(LibraryFeature.DEEP_REDUNDANCY);
    int decoderBytes = NativeLayout.aligned(LibOpus.opus_decoder_get_size(channels));
    int readerBytes =
        deepRedundancy ? NativeLayout.aligned(LibOpusDred.opus_dred_decoder_get_size()) : 0;
    NativeLayout layout =
        new NativeLayout(
            decoderBytes + readerBytes + (deepRedundancy ? LibOpusDred.opus_dred_get_size() : 0),
            format.elementsIn(OpusPacket.MAX_DURATION_US),
            MAX_PACKET_BYTES);
    memory = new Memory(layout.bytes());
    state = Pointer.nativeValue(memory);
    dredDecoder = state + decoderBytes;
    dred = dredDecoder + readerBytes;
    pcmAddress = state + layout.pcmAt();
    payloadAddress = state + layout.payloadAt();
    pcmView = layout.pcmView(memory);
    payloadView = layout.payloadView(memory);
    int error = LibOpus.opus_decoder_init(state, sampleRateHz, channels);
    complexity = engine.has(LibraryFeature.DECODER_COMPLEXITY) ? plan.complexity() : 0;
    if (error == 0 && complexity > 0) {
      error = controls.opus_decoder_ctl(memory, LibOpusControls.SET_COMPLEXITY, complexity);
    }
    if (error == 0 && deepRedundancy) {
      error = LibOpusDred.opus_dred_decoder_init(dredDecoder);
    }
    if (error != 0) {
      memory.close();
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, "libopus refused a decoder with error " + error, format + "");
    }
  }

  @Override
  public int decode(ByteBuffer payload, int samples, short[] pcm, int offset) {
    int made = run(payloadAddress, put(payload), samples, 0);
    return deliver(made, 0, samples, pcm, offset);
  }

  @Override
  public int rebuild(ByteBuffer next, int frameSamples, int wanted, short[] pcm, int offset) {
    int made = run(payloadAddress, put(next), frameSamples, 1);
    return deliver(made, frameSamples - wanted, wanted, pcm, offset);
  }

  @Override
  public int conceal(int samples, int wanted, short[] pcm, int offset) {
    return deliver(run(0, 0, samples, 0), 0, wanted, pcm, offset);
  }

  private int run(long payload, int bytes, int samples, int redundancy) {
    return LibOpus.opus_decode(state, payload, bytes, pcmAddress, samples, redundancy);
  }

  /** Copies a payload to where the library reads it; returns its bytes. */
  private int put(ByteBuffer payload) {
    int bytes = payload.remaining();
    reachKnown = false;
    payloadView.clear().put(0, payload, payload.position(), bytes).limit(bytes);
    return bytes;
  }

  @Override
  public int readRedundancy(ByteBuffer next) {
    if (!deepRedundancy || hurried) {
      return 0;
    }
    if (reachKnown && payloadView.equals(next)) {
      return reach; // another piece of the same gap
    }
    int bytes = put(next);
    int atMost = sampleRateHz; // all there is: it is read in blocks, and too little reads none
    int found =
        LibOpusDred.opus_dred_parse(
            dredDecoder, dred, payloadAddress, bytes, atMost, sampleRateHz, 0, 0);
    Reference.reachabilityFence(memory);
    reach = Math.max(0, found);
    reachKnown = true;
    return reach;
  }

  @Override
  public int restore(int samplesBefore, int samples, short[] pcm, int offset) {
    int made =
        LibOpusDred.opus_decoder_dred_decode(state, dred, samplesBefore, pcmAddress, samples);
    return deliver(made, 0, samples, pcm, offset);
  }

  private int deliver(int made, int skipped, int wanted, short[] pcm, int offset) {
    if (made < 0) {
      return OpusStatus.toMediaStatus(made);
    }
    int delivered = Math.min(made - skipped, wanted);
    pcmView.get(skipped * channels, pcm, offset, delivered * channels);
    Reference.reachabilityFence(memory);
    return delivered;
  }

  /** Without the neural networks, each of which costs ten times as much as a good frame. */
  @Override
  public void hurry(boolean on) {
    hurried = on;
    if (complexity > CHEAP_COMPLEXITY) {
      int now = on ? CHEAP_COMPLEXITY : complexity;
      controls.opus_decoder_ctl(memory, LibOpusControls.SET_COMPLEXITY, now);
    }
  }

  @Override
  public int finalRange() {
    return LibOpusControls.finalRange(
        range -> controls.opus_decoder_ctl(memory, LibOpusControls.GET_FINAL_RANGE, range));
  }

  @Override
  public void close() {
    memory.close();
    engine.release();
  }
}
