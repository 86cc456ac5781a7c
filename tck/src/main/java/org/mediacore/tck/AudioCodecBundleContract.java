package org.mediacore.tck;

import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.codec.AudioCodecFactory;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;

/**
 * What a bundle with an {@link AudioCodecFactory} owes the platform: it can be replaced under
 * running calls. An empty subclass will do.
 */
public abstract class AudioCodecBundleContract extends BundleContract<AudioCodecFactory> {
  /** Made by a subclass that tests one bundle. */
  protected AudioCodecBundleContract() {
    super(AudioCodecFactory.class);
  }

  /** Local format parameters to work with, beside none. */
  protected List<Fmtp> configurations() {
    return List.of();
  }

  @Override
  final BundleExercise open(AudioCodecFactory factory) throws Exception {
    List<CodecPair> pairs = new ArrayList<>();
    boolean complete = false;
    try {
      for (CodecDescriptor descriptor : CodecNegotiationContract.encoded(factory)) {
        pairs.add(CodecPair.open(factory, agree(factory, descriptor, descriptor.defaultFmtp())));
        for (Fmtp local : configurations()) {
          pairs.add(CodecPair.open(factory, agree(factory, descriptor, local)));
        }
      }
      complete = true;
    } finally {
      if (!complete) {
        pairs.forEach(CodecPair::close);
      }
    }
    return new CodecExercise(pairs);
  }

  @Override
  final void createAndClose(AudioCodecFactory factory) throws Exception {
    CodecDescriptor descriptor = CodecNegotiationContract.encoded(factory).get(0);
    CodecPair.open(factory, agree(factory, descriptor, descriptor.defaultFmtp())).close();
  }

  private static CodecParameters agree(
      AudioCodecFactory factory, CodecDescriptor descriptor, Fmtp fmtp) {
    return factory
        .negotiate(descriptor, fmtp, fmtp)
        .orElseThrow(() -> new AssertionError(descriptor.rtpmap() + " refuses itself " + fmtp));
  }
}
