package org.mediacore.codec.opus;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.mediacore.api.codec.AudioCodecFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers an {@link OpusCodecFactory} for the configuration as it stands. Another configuration
 * is another factory, since what a factory describes never changes; the new one is there before the
 * old one goes.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = OpusSettings.PID,
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = OpusConfig.class)
public final class OpusCodecComponent {
  /** Framework or system property; {@code false} means pure Java, whatever is configured. */
  static final String NATIVE_PROPERTY = "org.mediacore.codec.opus.native";

  private static final Logger LOG = LoggerFactory.getLogger(OpusCodecComponent.class);

  private final BundleContext context;
  private final EngineChoice choice;
  private OpusSettings settings;
  private OpusEngine engine;
  private ServiceRegistration<AudioCodecFactory> registration;

  /**
   * @param context the bundle's
   * @param properties the configuration
   */
  @Activate
  public OpusCodecComponent(BundleContext context, Map<String, Object> properties) {
    this.context = context;
    choice =
        new EngineChoice(
            System.getProperty("os.name"), System.getProperty("os.arch"), directory(context));
    settings = OpusSettings.read(properties, OpusSettings.DEFAULT, LOG::error);
    engine = newEngine();
    registration = register();
  }

  /** Takes over a changed configuration. */
  @Modified
  synchronized void modified(Map<String, Object> properties) {
    OpusSettings changed = OpusSettings.read(properties, settings, LOG::error);
    if (changed.equals(settings)) {
      return;
    }
    settings = changed;
    OpusEngine oldEngine = engine;
    ServiceRegistration<AudioCodecFactory> oldRegistration = registration;
    engine = newEngine();
    registration = register();
    oldRegistration.unregister();
    oldEngine.release();
  }

  /** Takes the service away; open encoders and decoders go on. */
  @Deactivate
  synchronized void deactivate() {
    registration.unregister();
    engine.release();
  }

  private OpusEngine newEngine() {
    Optional<String> switchedOff = switchedOff();
    OpusSettings wanted = settings;
    return new LoadingEngine(
        () -> {
          OpusEngine loaded = choice.engine(switchedOff);
          wanted.missingIn(loaded).forEach(LOG::error);
          return loaded;
        });
  }

  private Optional<String> switchedOff() {
    if (!settings.nativeLibrary()) {
      return Optional.of(OpusSettings.PID + ": native = false");
    }
    return "false".equals(context.getProperty(NATIVE_PROPERTY))
        ? Optional.of("property " + NATIVE_PROPERTY + " = false")
        : Optional.empty();
  }

  private ServiceRegistration<AudioCodecFactory> register() {
    return context.registerService(
        AudioCodecFactory.class, new OpusCodecFactory(engine, settings), null);
  }

  /** A folder of this bundle's own; a temporary one where the container keeps no files. */
  private static Path directory(BundleContext context) {
    File data = context.getDataFile("libopus");
    if (data != null) {
      return data.toPath();
    }
    try {
      return Files.createTempDirectory("mediacore-opus");
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
