package org.mediacore.signaling.sip;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.mediacore.api.session.MediaManager;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Lifecycle of SIP in the container. */
@Component(
    configurationPid = SipConfig.PID,
    service = {})
@Designate(ocd = SipComponent.Configuration.class)
public final class SipComponent {
  private static final int WORKERS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  /** Less than the two seconds that a stopping bundle may take. */
  private static final long SHUTDOWN_MS = 1900;

  private final SipSignaling signaling;
  private final ServiceRegistration<SipListening> registration;

  /** The keys of the configuration; the values are read and checked by {@link SipConfig}. */
  @ObjectClassDefinition(
      id = SipConfig.PID,
      name = "SIP",
      description = "SIP over UDP: where to listen and who may call")
  @interface Configuration {
    @AttributeDefinition(description = "ADDR:PORT, a literal address of one interface")
    String listen() default SipConfig.DEFAULT_LISTEN;

    @AttributeDefinition(
        required = false,
        description =
            "networks that may call, CIDR,...; needed where listen is no loopback address")
    String allow() default "";

    @AttributeDefinition(description = "calls at once, 0 for the platform's limit alone")
    String max_calls() default "0";
  }

  /** Listens, and registers what became of it. */
  @Activate
  public SipComponent(
      BundleContext context, @Reference MediaManager manager, Map<String, Object> properties) {
    SipPort.Settings settings =
        new SipPort.Settings(
            SipTimings.RFC_3261,
            WORKERS,
            SHUTDOWN_MS,
            () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    signaling = new SipSignaling(manager, settings);
    signaling.configure(properties);
    registration =
        context.registerService(SipListening.class, new SipListening(), serviceProperties());
  }

  @Modified
  void modified(Map<String, Object> properties) {
    signaling.configure(properties);
    registration.setProperties(serviceProperties());
  }

  @Deactivate
  void deactivate() {
    registration.unregister();
    signaling.close();
  }

  private Dictionary<String, Object> serviceProperties() {
    Dictionary<String, Object> properties = new Hashtable<>();
    List<String> lines = signaling.listening();
    if (!lines.isEmpty()) {
      properties.put(MediaManager.LISTENING, lines.toArray(String[]::new));
    }
    signaling.failure().ifPresent(why -> properties.put(MediaManager.LISTENING_FAILED, why));
    return properties;
  }
}
