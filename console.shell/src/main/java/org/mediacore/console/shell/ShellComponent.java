package org.mediacore.console.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.apache.felix.service.command.CommandProcessor;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.swap.BundleStore;
import org.mediacore.api.swap.CanarySwaps;
import org.mediacore.api.swap.SwapHistory;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lifecycle of the shell in the container. */
@Component(service = {})
public final class ShellComponent {
  private static final String HOME = "org.mediacore.home";

  private static final Logger LOG = LoggerFactory.getLogger(ShellComponent.class);

  private final BundleContext context;
  private final ServiceRegistration<MediaCommands> commands;
  private final AllServiceListener others = this::onServiceEvent;
  private ShellServer server;

  /** Absent while the media runtime is not running; the shell then still works. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  volatile MediaManager manager;

  /** Comes and goes with the media runtime. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  volatile SwapHistory swaps;

  /** Of the deployer; absent only while that is not running. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  volatile BundleStore store;

  /** Comes and goes with the media runtime. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  volatile CanarySwaps canaries;

  /** Opens the socket; registers the commands, and with them where the shell listens. */
  @Activate
  public ShellComponent(BundleContext context, @Reference CommandProcessor processor) {
    this.context = context;
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("osgi.command.scope", "media");
    properties.put("osgi.command.function", MediaCommands.FUNCTIONS);
    Path file = Path.of(String.valueOf(context.getProperty(HOME)), "data", "shell", "shell.sock");
    try {
      server = ShellServer.start(file, out -> new GogoInterpreter(processor, out));
      properties.put(MediaManager.LISTENING, new String[] {"shell unix " + file});
    } catch (IOException e) {
      properties.put(MediaManager.LISTENING_FAILED, "shell: " + file + ": " + e.getMessage());
    }
    commands =
        context.registerService(
            MediaCommands.class,
            new MediaCommands(
                context,
                () -> Optional.ofNullable(manager),
                () -> Optional.ofNullable(swaps),
                new SwapCommand(
                    () -> Optional.ofNullable(store), () -> Optional.ofNullable(canaries))),
            properties);
    if (server != null) {
      listenForOthers();
    }
  }

  private void listenForOthers() {
    try {
      context.addServiceListener(
          others, "(" + Constants.OBJECTCLASS + "=" + MediaCommands.class.getName() + ")");
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another version of this bundle has gone, and its socket with it. */
  private void onServiceEvent(ServiceEvent event) {
    if (event.getType() == ServiceEvent.UNREGISTERING
        && !event.getServiceReference().equals(commands.getReference())) {
      try {
        server.listenAgain();
      } catch (IOException e) {
        LOG.warn("the shell cannot listen again: {}", e.toString());
      }
    }
  }

  /** The socket goes first: who is told that the commands have gone can have it. */
  @Deactivate
  void deactivate() throws IOException {
    context.removeServiceListener(others);
    if (server != null) {
      server.close();
    }
    commands.unregister();
  }
}
