package org.mediacore.console.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.apache.felix.service.command.CommandProcessor;
import org.mediacore.api.session.MediaManager;
import org.mediacore.api.swap.SwapHistory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Lifecycle of the shell in the container. */
@Component(service = {})
public final class ShellComponent {
  private static final String HOME = "org.mediacore.home";

  private final ServiceRegistration<MediaCommands> commands;
  private ShellServer server;

  /** Absent while the media runtime is not running; the shell then still works. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  volatile MediaManager manager;

  /** Comes and goes with the media runtime. */
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  volatile SwapHistory swaps;

  /** Opens the socket; registers the commands, and with them where the shell listens. */
  @Activate
  public ShellComponent(BundleContext context, @Reference CommandProcessor processor) {
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
                context, () -> Optional.ofNullable(manager), () -> Optional.ofNullable(swaps)),
            properties);
  }

  @Deactivate
  void deactivate() throws IOException {
    commands.unregister();
    if (server != null) {
      server.close();
    }
  }
}
