package org.mediacore.codec.opus;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;

/** A decoder of libopus; its memory is arranged as in {@link NativeEncoder}. */
final class NativeDecoder implements DecoderCore {
  private final NativeEngine engine;
  private final LibOpusControls controls;
  private final Memory memory;
  private final int channels;
  private final long state;
  private final long pcmAddress;
  private final long payloadAddress;
  private final ShortBuffer pcmView;
  private final ByteBuffer payloadView;

  NativeDecoder(NativeEngine engine, LibOpusControls controls, AudioFormat format)
      throws MediaSetupException {
    this.engine = engine;
    this.controls = controls;
    channels = format.channels();
    NativeLayout layout =
        new NativeLayout(
            LibOpus.opus_decoder_get_size(channels),
            format.elementsIn(CodecParameters.MAX_PAYLOAD_DURATION_US),
            MAX_PACKET_BYTES);
    memory = new Memory(layout.bytes());
    state = Pointer.nativeValue(memory);
    pcmAddress = state + layout.pcmAt();
    payloadAddress = state + layout.payloadAt();
    pcmView = layout.pcmView(memory);
    payloadView = layout.payloadView(memory);
    int error = LibOpus.opus_decoder_init(state, format.sampleRateHz(), channels);
    if (error != 0) {
      memory.close();
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, "libopus refused a decoder with error " + error, format + "");
    }
  }

  @Override
  public int decode(ByteBuffer payload, int samples, short[] pcm, int offset, boolean redundancy) {
    int bytes = payload.remaining();
    payloadView.put(0, payload, payload.position(), bytes);
    return run(payloadAddress, bytes, samples, samples, pcm, offset, redundancy ? 1 : 0);
  }

  @Override
  public int conceal(int samples, int wanted, short[] pcm, int offset) {
    return run(0, 0, samples, wanted, pcm, offset, 0);
  }

  private int run(
      long payload, int bytes, int samples, int wanted, short[] pcm, int offset, int redundancy) {
    int made = LibOpus.opus_decode(state, payload, bytes, pcmAddress, samples, redundancy);
    if (made < 0) {
      return OpusStatus.toMediaStatus(made);
    }
    int delivered = Math.min(made, wanted);
    pcmView.get(0, pcm, offset, delivered * channels);
    Reference.reachabilityFence(memory);
    return delivered;
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
