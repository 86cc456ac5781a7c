package org.mediacore.api.endpoint;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What an address means, as a service. Asked in the order of service ranking; the first that
 * handles an address opens it. Called on signalling threads, never on a media loop.
 */
@ConsumerType
public interface EndpointProvider {
  /** Whether this provider knows what the user part of an address means, such as {@code echo}. */
  boolean handles(String address);

  /**
   * Connects the caller's session to what the address means.
   *
   * @throws EndpointException when it cannot: the caller is told why, and its session is closed by
   *     whoever opened it
   */
  void open(EndpointRequest request) throws EndpointException;
}
