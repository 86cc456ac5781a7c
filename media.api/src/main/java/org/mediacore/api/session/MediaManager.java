package org.mediacore.api.session;

import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.endpoint.EndpointException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The platform, as a service. Knows no signalling protocol. Safe for use by several threads; never
 * call it on a media loop.
 */
@ProviderType
public interface MediaManager {
  /**
   * Service property, {@code String[]}: the addresses that a service listens on, one readable line
   * each. The launcher prints them.
   */
  String LISTENING = "media.listening";

  /** Service property, {@code String}: why a service that should listen does not. */
  String LISTENING_FAILED = "media.listening.failed";

  /**
   * Makes a session and takes its ports.
   *
   * @throws MediaSetupException {@code LIMIT_REACHED} when the limit of sessions is reached or no
   *     port is free
   */
  MediaSession createSession(SessionOptions options) throws MediaSetupException;

  /**
   * The room of this name and mode that somebody is in, else a new one. Names belong to the
   * platform: whoever asks for one gets the same room, with the options that it was made with.
   *
   * <p>A room has its name from its first member until it closes. One that nobody enters costs
   * nothing and is not known here. Where another room took the name meanwhile, or the room closed
   * itself as its last member left, connecting fails with {@code WRONG_STATE} and {@link
   * Room#isClosed} is true: ask again then.
   */
  Room room(RoomOptions options);

  /**
   * Connects a session to what an address means, by the best of the endpoint providers that handle
   * it now; one that throws is passed over.
   *
   * @param address the user part of the called address, such as {@code echo}
   * @throws EndpointException {@code NOT_FOUND} where no provider knows it, {@code UNAVAILABLE}
   *     where none is there or all that know it fail, or the provider's own
   */
  void open(MediaSession session, String address) throws EndpointException;

  /** The sessions that are open now. */
  List<MediaSession> sessions();

  /** The codecs that are there now, in the order of preference. */
  List<CodecInfo> codecs();

  /** The processors that are there now. */
  List<ProcessorInfo> processors();

  /** How the media loops are doing; waits for each of them to answer. */
  List<LoopReport> loops();
}
