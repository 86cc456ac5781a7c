package org.mediacore.codec.opus;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.util.function.ToIntFunction;

/**
 * The functions of libopus with variable arguments. They are passed in another way than fixed ones
 * on some platforms (macOS on arm64); JNA does it right for a method of an interface that says so.
 */
interface LibOpusControls extends Library {
  int opus_encoder_ctl(Pointer encoder, int request, Object... arguments);

  int opus_decoder_ctl(Pointer decoder, int request, Object... arguments);

  /** Request code of {@code OPUS_SET_COMPLEXITY}, which decoders have since libopus 1.5. */
  int SET_COMPLEXITY = 4010;

  /** Request code of {@code OPUS_GET_FINAL_RANGE}. */
  int GET_FINAL_RANGE = 4031;

  /** The final range of an encoder or decoder from the call that asks for it. */
  static int finalRange(ToIntFunction<IntByReference> call) {
    IntByReference range = new IntByReference();
    int error = call.applyAsInt(range);
    if (error != 0) {
      throw new IllegalStateException("libopus error " + error);
    }
    return range.getValue();
  }
}
