package org.mediacore.example.highpass;

import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;
import org.mediacore.api.processing.AudioProcessorFactory;
import org.mediacore.api.processing.ProcessorDescriptor;
import org.mediacore.api.processing.ProcessorDescriptor.Position;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The processor {@code highpass}, on what is received. A changed configuration makes a new factory,
 * and running calls move to its instances.
 */
@Component(service = AudioProcessorFactory.class, configurationPid = HighpassConfig.PID)
@Designate(ocd = HighpassConfig.class)
public final class HighpassProcessorFactory implements AudioProcessorFactory {
  /**
   * What a fresh filter makes of a jump, such as a call's direct current, dies away as exp(-2 pi
   * cutoff t / sqrt 2): 60 dB take 78 ms at the lowest cut-off of 20 Hz, and 20 ms at 80 Hz.
   */
  private static final int WARM_UP_MS = 80;

  private static final ProcessorDescriptor DESCRIPTOR =
      new ProcessorDescriptor("highpass", Position.RECEIVED, WARM_UP_MS);

  private final double cutoffHz;

  /** Called by the container, which has checked the limits. */
  @Activate
  public HighpassProcessorFactory(HighpassConfig config) {
    this(config.cutoff_hz());
  }

  HighpassProcessorFactory(double cutoffHz) {
    this.cutoffHz = cutoffHz;
  }

  @Override
  public ProcessorDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public AudioProcessor create(AudioFormat format) throws MediaSetupException {
    if (cutoffHz >= format.sampleRateHz() / 2.0) {
      throw new MediaSetupException(
          Reason.NOT_SUPPORTED,
          "the cut-off of " + cutoffHz + " Hz must be below half the sample rate",
          format.toString());
    }
    return new HighpassProcessor(cutoffHz, format);
  }
}
