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
 * An encoder of libopus. One block of native memory holds its state, the samples of one frame and
 * the payload; audio and payload go through views of it, so that a frame costs one native call.
 */
final class NativeEncoder implements EncoderCore {
  private static final int MAX_FRAME_US = 60_000;

  private final NativeEngine engine;
  private final LibOpusControls controls;
  private final Memory memory;
  private final int channels;
  private final long state;
  private final long pcmAddress;
  private final long payloadAddress;
  private final ShortBuffer pcmView;
  private final ByteBuffer payloadView;

  NativeEncoder(
      NativeEngine engine, LibOpusControls controls, AudioFormat format, Application application)
      throws MediaSetupException {
    this.engine = engine;
    this.controls = controls;
    channels = format.channels();
    NativeLayout layout =
        new NativeLayout(
            LibOpus.opus_encoder_get_size(channels),
            format.elementsIn(MAX_FRAME_US),
            OpusPacket.MAX_FRAME_BYTES);
    memory = new Memory(layout.bytes());
    state = Pointer.nativeValue(memory);
    pcmAddress = state + layout.pcmAt();
    payloadAddress = state + layout.payloadAt();
    pcmView = layout.pcmView(memory);
    payloadView = layout.payloadView(memory);
    int error =
        LibOpus.opus_encoder_init(state, format.sampleRateHz(), channels, application.code());
    if (error != 0) {
      memory.close();
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, "libopus refused an encoder with error " + error, format + "");
    }
  }

  @Override
  public int encode(short[] pcm, int offset, int samples, ByteBuffer out, int maxBytes) {
    pcmView.put(0, pcm, offset, samples * channels);
    int bytes = LibOpus.opus_encode(state, pcmAddress, samples, payloadAddress, maxBytes);
    if (bytes < 0) {
      return OpusStatus.toMediaStatus(bytes);
    }
    out.put(out.position(), payloadView, 0, bytes);
    Reference.reachabilityFence(memory);
    return bytes;
  }

  @Override
  public boolean set(EncoderControl control, int value) {
    return controls.opus_encoder_ctl(memory, control.request(), value) == 0;
  }

  @Override
  public int finalRange() {
    return LibOpusControls.finalRange(
        range -> controls.opus_encoder_ctl(memory, LibOpusControls.GET_FINAL_RANGE, range));
  }

  @Override
  public void close() {
    memory.close();
    engine.release();
  }
}
