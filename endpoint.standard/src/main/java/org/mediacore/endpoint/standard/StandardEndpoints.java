package org.mediacore.endpoint.standard;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointException.Reason;
import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.api.endpoint.EndpointRequest;
import org.mediacore.api.file.MediaFileFormat;
import org.mediacore.api.session.ConnectOptions;
import org.mediacore.api.session.RoomOptions;

/**
 * The addresses {@code echo}, {@code bridge-}, {@code conf-}, {@code play-}, {@code record-}NAME.
 */
final class StandardEndpoints implements EndpointProvider {
  private static final String ECHO = "echo";
  private static final String BRIDGE = "bridge-";
  private static final String CONFERENCE = "conf-";
  private static final String PLAY = "play-";
  private static final String RECORD = "record-";
  private static final List<String> PREFIXES = List.of(BRIDGE, CONFERENCE, PLAY, RECORD);

  /** Names end up in file names and logs: nothing that a path or a terminal would understand. */
  private static final Pattern NAME = Pattern.compile("(?!\\.)[A-Za-z0-9._-]{1,64}");

  private final Supplier<EndpointSettings> settings;
  private final AudioFiles files;

  StandardEndpoints(
      Supplier<EndpointSettings> settings,
      Supplier<List<MediaFileFormat>> formats,
      BackgroundWork work) {
    this.settings = settings;
    files = new AudioFiles(settings, formats, work);
  }

  @Override
  public boolean handles(String address) {
    return address.equals(ECHO) || PREFIXES.stream().anyMatch(address::startsWith);
  }

  @Override
  public void open(EndpointRequest request) throws EndpointException {
    String address = request.address();
    if (address.equals(ECHO)) {
      Connections.connect(request.session(), request.session(), ConnectOptions.DECODED);
    } else if (address.startsWith(BRIDGE)) {
      meet(RoomOptions.bridge(nameIn(address, BRIDGE)), request);
    } else if (address.startsWith(CONFERENCE)) {
      String name = nameIn(address, CONFERENCE);
      meet(new RoomOptions(name, settings.get().maxMembers()), request);
    } else if (address.startsWith(PLAY)) {
      files.play(nameIn(address, PLAY), request.session());
    } else if (address.startsWith(RECORD)) {
      files.record(nameIn(address, RECORD), request.session());
    } else {
      throw new EndpointException(Reason.NOT_FOUND, "not an address of this provider");
    }
  }

  private static void meet(RoomOptions options, EndpointRequest request) throws EndpointException {
    MeetingPlaces.join(request.manager(), options, request.session());
  }

  private static String nameIn(String address, String prefix) throws EndpointException {
    String name = address.substring(prefix.length());
    if (!NAME.matcher(name).matches()) {
      throw new EndpointException(
          Reason.FORBIDDEN,
          "a name is 1 to 64 letters, digits, dots, dashes and underscores, no dot in front");
    }
    return name;
  }

  /** Completes the files whose sessions are done; what still plays or records goes on. */
  void stop() {
    files.finishClosing();
  }

  AudioFiles files() {
    return files;
  }
}
