package org.mediacore.deployer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mediacore.api.swap.BundleStore;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the deployer: everything in home/conf and home/deploy is in force when {@link #start}
 * returns, so that a lower start level than the media bundles' is all the order that is needed. No
 * component, so that it also works while Declarative Services is away.
 */
public final class Activator implements BundleActivator {
  private static final Logger LOG = LoggerFactory.getLogger("container");
  private static final String HOME = "org.mediacore.home";

  /** How long a version may take to register its services before it replaces another. */
  private static final long SERVICES_WITHIN_MS = 5_000;

  private Watcher watcher;
  private BundleListener bundleListener;
  private FrameworkListener frameworkListener;

  @Override
  public void start(BundleContext context) throws BundleException, InterruptedException {
    Path home = home(context);
    frameworkListener = Activator::log;
    context.addFrameworkListener(frameworkListener);
    Base base = Base.now(context);
    Archive archive = new Archive(home.resolve("data/bundles"), System::currentTimeMillis);
    ChangeLog changes = new ChangeLog(home.resolve("data/bundles"));
    ArchiveSettings settings = ArchiveSettings.register(context);
    Schemas schemas = new Schemas(context, tracked(context, MetaTypeService.class));
    Configurations configurations =
        new Configurations(
            tracked(context, ConfigurationAdmin.class),
            schemas,
            Overrides.of(context::getProperty));
    Deployer deployer =
        new Deployer(
            new Folder(home.resolve("conf"), ConfigFile.ENDING, Watcher.SETTLE_NS),
            configurations,
            new Folder(home.resolve("deploy"), ".jar", Watcher.SETTLE_NS),
            new Deployments(
                context,
                base,
                bundle -> beforeStart(bundle, configurations),
                new Insistence(Thread::sleep)),
            new Archivist(() -> isUp(context), archive, settings::keep, changes::mentions));
    register(context);
    watcher = watcher(deployer, home);
    DeployFolder folder =
        new DeployFolder(
            home.resolve("deploy"),
            archive,
            deployer,
            watcher::follow,
            new Provided(context, SERVICES_WITHIN_MS));
    Store store = new Store(base, archive, deployer, folder, changes, System::currentTimeMillis);
    store.recover();
    deployer.start();
    watch(context);
    context.registerService(BundleStore.class, store, null);
  }

  private static Path home(BundleContext context) throws BundleException {
    String home = context.getProperty(HOME);
    if (home == null) {
      throw new BundleException("the framework property " + HOME + " is not set");
    }
    try {
      Files.createDirectories(Path.of(home, "conf"));
      Files.createDirectories(Path.of(home, "deploy"));
      return Path.of(home);
    } catch (IOException e) {
      throw new BundleException("home " + home + " cannot be used: " + e, e);
    }
  }

  /** What a bundle says about its configuration is to be known before it starts. */
  private static void beforeStart(Bundle bundle, Configurations configurations) {
    if (Schemas.isIn(bundle)) {
      configurations.schemasChanged();
    }
  }

  /** Whether all bundles of the base have started. */
  private static boolean isUp(BundleContext context) {
    return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.ACTIVE;
  }

  private static Watcher watcher(Deployer deployer, Path home) throws BundleException {
    try {
      return new Watcher(deployer, List.of(home.resolve("conf"), home.resolve("deploy")));
    } catch (IOException e) {
      throw new BundleException("cannot watch " + home + ": " + e, e);
    }
  }

  private void watch(BundleContext context) {
    bundleListener = this::onBundleEvent;
    context.addBundleListener(bundleListener);
    watcher.start();
  }

  private void onBundleEvent(BundleEvent event) {
    if (Deployments.isTrial(event.getBundle())) {
      return; // our own doing: to look again because of it would try again, for ever
    }
    int type = event.getType();
    if (type == BundleEvent.RESOLVED
        || type == BundleEvent.UPDATED
        || type == BundleEvent.UNINSTALLED) {
      watcher.bundlesChanged();
    }
  }

  /** What the framework reports goes to the log; it has none of its own here. */
  private static void log(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.ERROR) {
      LOG.error("{}: {}", event.getBundle(), Deployments.describe(event.getThrowable()));
    } else if (event.getType() == FrameworkEvent.WARNING) {
      LOG.warn("{}: {}", event.getBundle(), Deployments.describe(event.getThrowable()));
    }
  }

  private static void register(BundleContext context) {
    FrameworkWiring wiring =
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    Supplier<String> diagnosis =
        new Diagnosis(
            context, new Requirements(wiring), tracked(context, ServiceComponentRuntime.class));
    context.registerService(
        Supplier.class, diagnosis, new Hashtable<>(Map.of("media.diagnosis", true)));
  }

  /** The service as it is whenever asked for; the container closes the tracker with the bundle. */
  private static <T> Supplier<Optional<T>> tracked(BundleContext context, Class<T> type) {
    ServiceTracker<T, T> tracker = new ServiceTracker<>(context, type, null);
    tracker.open();
    return () -> Optional.ofNullable(tracker.getService());
  }

  @Override
  public void stop(BundleContext context) throws IOException, InterruptedException {
    context.removeBundleListener(bundleListener);
    context.removeFrameworkListener(frameworkListener);
    watcher.close();
  }
}
