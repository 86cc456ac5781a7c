package org.mediacore.endpoint.standard;

import java.nio.file.Path;
import java.util.Map;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.api.endpoint.EndpointRequest;
import org.mediacore.api.file.MediaFileFormat;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component: configuration, file formats and threads around {@link StandardEndpoints}. */
@Component(service = EndpointProvider.class, configurationPid = EndpointSettings.PID)
@Designate(ocd = StandardEndpointProvider.Config.class)
public final class StandardEndpointProvider implements EndpointProvider {
  /** Texts, so that a wrong value is answered with a message and not with a failed component. */
  @ObjectClassDefinition(name = "Media Core standard endpoints")
  @interface Config {
    @AttributeDefinition(
        name = "Data directory",
        description = "Files are played from and recorded to it; relative to the home directory.")
    String data_dir() default "${org.mediacore.home}/data";

    @AttributeDefinition(
        name = "Sampling rate of recordings",
        description = "8000, 16000, 24000, 32000 or 48000 Hz.")
    String record_rate_hz() default "16000";

    @AttributeDefinition(name = "Callers in one room", description = "2 to 10000.")
    String conf_max_members() default "64";

    @AttributeDefinition(name = "Files open at a time", description = "1 to 100000.")
    String files_max() default "500";
  }

  private static final Logger LOG = LoggerFactory.getLogger(StandardEndpointProvider.class);
  private static final String HOME_PROPERTY = "org.mediacore.home";

  private final InstalledFormats formats = new InstalledFormats();
  private final PooledWork work = new PooledWork();
  private final StandardEndpoints endpoints;
  private final Path home;
  private volatile EndpointSettings settings;

  /** Starts with what is configured; called by the container. */
  @Activate
  public StandardEndpointProvider(BundleContext context, Config config) {
    String property = context.getProperty(HOME_PROPERTY);
    home = Path.of(property == null ? "" : property).toAbsolutePath();
    settings = EndpointSettings.defaults(home);
    endpoints = new StandardEndpoints(() -> settings, formats::now, work);
    configure(config);
  }

  /** Takes another configuration; calls in progress keep theirs. */
  @Modified
  void configure(Config config) {
    Map<String, String> values =
        Map.of(
            EndpointSettings.DATA_DIR, config.data_dir(),
            EndpointSettings.RECORD_RATE_HZ, config.record_rate_hz(),
            EndpointSettings.CONF_MAX_MEMBERS, config.conf_max_members(),
            EndpointSettings.FILES_MAX, config.files_max());
    settings = EndpointSettings.read(values, home, settings, LOG::error);
  }

  /** Takes no more callers; those who are connected stay so. */
  @Deactivate
  void stop() {
    endpoints.stop();
    work.close();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addFormat(MediaFileFormat format, ServiceReference<MediaFileFormat> reference) {
    Bundle bundle = reference.getBundle();
    Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
    formats.add(
        format,
        ranking instanceof Integer number ? number : 0,
        bundle == null ? Version.emptyVersion : bundle.getVersion(),
        serviceId(reference));
  }

  void removeFormat(ServiceReference<MediaFileFormat> reference) {
    formats.remove(serviceId(reference));
  }

  private static long serviceId(ServiceReference<?> reference) {
    return (Long) reference.getProperty(Constants.SERVICE_ID);
  }

  @Override
  public boolean handles(String address) {
    return endpoints.handles(address);
  }

  @Override
  public void open(EndpointRequest request) throws EndpointException {
    endpoints.open(request);
  }
}
