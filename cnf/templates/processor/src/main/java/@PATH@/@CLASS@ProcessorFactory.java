package @PACKAGE@;

import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.processing.AudioProcessor;
import org.mediacore.api.processing.AudioProcessorFactory;
import org.mediacore.api.processing.ProcessorDescriptor;
import org.mediacore.api.processing.ProcessorDescriptor.Position;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The service: says what the processor is, and makes what a session owns. A changed configuration
 * makes a new factory, and running calls move to its instances.
 */
@Component(service = AudioProcessorFactory.class, configurationPid = @CLASS@Config.PID)
@Designate(ocd = @CLASS@Config.class)
public final class @CLASS@ProcessorFactory implements AudioProcessorFactory {
  /** Nothing adapts here, so a fresh instance needs no warm-up. */
  private static final ProcessorDescriptor DESCRIPTOR =
      new ProcessorDescriptor("@NAME@", Position.RECEIVED, 0);

  private final double gain;

  /** Called by the container. */
  @Activate
  public @CLASS@ProcessorFactory(@CLASS@Config config) {
    this(config.gain_db());
  }

  @CLASS@ProcessorFactory(double gainDb) {
    gain = Math.pow(10, gainDb / 20);
  }

  @Override
  public ProcessorDescriptor descriptor() {
    return DESCRIPTOR;
  }

  /** Works on any format. */
  @Override
  public AudioProcessor create(AudioFormat format) {
    return new @CLASS@Processor(gain, format.channels());
  }
}
