package org.mediacore.runtime.sim;

import java.util.List;
import java.util.Optional;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.AudioDecoder;
import org.mediacore.api.codec.AudioEncoder;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/**
 * Another factory of the same codec, of which a test changes what it is about. What a factory may
 * leave to the API's defaults is left to them.
 */
public class WrappedCodec implements AudioCodecFactory {
  protected final AudioCodecFactory real;

  public WrappedCodec(AudioCodecFactory real) {
    this.real = real;
  }

  @Override
  public List<CodecDescriptor> descriptors() {
    return real.descriptors();
  }

  @Override
  public Optional<CodecParameters> negotiate(CodecDescriptor descriptor, Fmtp remote, Fmtp local) {
    return real.negotiate(descriptor, remote, local);
  }

  @Override
  public AudioEncoder createEncoder(CodecParameters parameters) throws MediaSetupException {
    return real.createEncoder(parameters);
  }

  @Override
  public AudioDecoder createDecoder(CodecParameters parameters) throws MediaSetupException {
    return real.createDecoder(parameters);
  }
}
