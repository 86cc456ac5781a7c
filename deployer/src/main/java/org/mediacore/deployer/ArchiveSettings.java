package org.mediacore.deployer;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ManagedService;

/**
 * The configuration of the archive, {@code org.mediacore.deployer.cfg}: checked like that of any
 * bundle (OSGI-INF/metatype), and in force from the next jar that is archived.
 */
final class ArchiveSettings implements ManagedService {
  static final String PID = "org.mediacore.deployer";
  static final String KEEP = "archive.keep";
  static final int DEFAULT_KEEP = 5;

  private volatile int keep = DEFAULT_KEEP;

  static ArchiveSettings register(BundleContext context) {
    ArchiveSettings settings = new ArchiveSettings();
    context.registerService(
        ManagedService.class, settings, new Hashtable<>(Map.of(Constants.SERVICE_PID, PID)));
    return settings;
  }

  /** How many builds of one bundle stay in the archive that are not deployed. */
  int keep() {
    return keep;
  }

  @Override
  public void updated(Dictionary<String, ?> properties) {
    Object value = properties == null ? null : properties.get(KEEP);
    keep = value instanceof Integer number ? number : DEFAULT_KEEP;
  }
}
