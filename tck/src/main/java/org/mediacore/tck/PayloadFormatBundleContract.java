package org.mediacore.tck;

import org.mediacore.api.MediaSetupException;
import org.mediacore.api.codec.CodecDescriptor;
import org.mediacore.api.codec.CodecParameters;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.api.payload.PayloadFormat;

/**
 * What a bundle with a {@link PayloadFormat} owes the platform: it can be replaced under running
 * calls. A bundle with several formats extends this once for each.
 */
public abstract class PayloadFormatBundleContract extends BundleContract<PayloadFormat> {
  /** Made by a subclass that tests one bundle. */
  protected PayloadFormatBundleContract() {
    super(PayloadFormat.class);
  }

  /** The encoding name of the format under test. */
  protected abstract String encoding();

  /** A codec that makes frames only, as its factory describes it. */
  protected abstract CodecDescriptor codec();

  /** The longest frame that the format carries. */
  protected int longestFrameBytes() {
    return 1_275;
  }

  @Override
  final boolean isSubject(PayloadFormat format) {
    return format.descriptor().encoding().equals(encoding());
  }

  @Override
  final BundleExercise open(PayloadFormat format) throws MediaSetupException {
    return new PayloadExercise(PayloadFrames.open(format, agreement(format)), longestFrameBytes());
  }

  private CodecParameters agreement(PayloadFormat format) {
    return PayloadFrames.agreement(
        format, codec(), format.declare(codec().defaultFmtp(), Fmtp.NONE));
  }
}
