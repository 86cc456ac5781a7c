package org.mediacore.runtime;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads all classes of a provider's bundle while it is there: an instance that outlives its bundle
 * can then still use them, where a first use after uninstall and refresh would find nothing to load
 * from.
 */
final class ClassPreloader {
  private static final Logger LOG = LoggerFactory.getLogger(ClassPreloader.class);

  private ClassPreloader() {}

  static void load(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    if (wiring == null) {
      return;
    }
    Collection<String> resources =
        wiring.listResources(
            "/", "*.class", BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL);
    int missing = 0;
    for (String resource : resources) {
      String name = resource.substring(0, resource.length() - ".class".length()).replace('/', '.');
      try {
        wiring.getClassLoader().loadClass(name);
      } catch (ClassNotFoundException | LinkageError optional) {
        // A class that needs an optional package which is absent: no instance can reach it either.
        missing++;
        LOG.debug("{} cannot load {}", bundle, name, optional);
      }
    }
    LOG.debug("{}: {} classes loaded, {} not loadable", bundle, resources.size(), missing);
  }
}
