package org.mediacore.codec.opus;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.codec.AudioFormat;

/** Opus in pure Java (Concentus): several times slower than libopus, and it allocates per frame. */
final class JavaEngine implements OpusEngine {
  @Override
  public String description() {
    return "pure Java (Concentus)";
  }

  @Override
  public boolean has(LibraryFeature feature) {
    return false;
  }

  @Override
  public EncoderCore newEncoder(AudioFormat format, Application application)
      throws MediaSetupException {
    try {
      return new JavaEncoder(
          new OpusEncoder(
              format.sampleRateHz(), format.channels(), JavaEncoder.applicationOf(application)));
    } catch (OpusException | RuntimeException refused) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, "Concentus refused an encoder", format.toString(), refused);
    }
  }

  @Override
  public DecoderCore newDecoder(DecoderPlan plan) throws MediaSetupException {
    AudioFormat format = plan.format();
    try {
      return new JavaDecoder(new OpusDecoder(format.sampleRateHz(), format.channels()), format);
    } catch (OpusException | RuntimeException refused) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED, "Concentus refused a decoder", format.toString(), refused);
    }
  }

  @Override
  public void release() {
    // The garbage collector has it.
  }
}
