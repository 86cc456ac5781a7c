package org.mediacore.runtime.session;

import java.util.Optional;
import org.mediacore.api.endpoint.EndpointException;
import org.mediacore.api.endpoint.EndpointProvider;
import org.mediacore.api.endpoint.EndpointRequest;
import org.mediacore.runtime.registry.RankedServices;

/**
 * One caller's way to who answers: the best provider that handles the address. One that throws is
 * passed over; the next one is asked. A refusal is an answer.
 */
final class EndpointOpening {
  private final EndpointRequest request;
  private Optional<EndpointException> refusal = Optional.empty();
  private boolean handled;

  EndpointOpening(EndpointRequest request) {
    this.request = request;
  }

  /**
   * Opens the address.
   *
   * @throws EndpointException the provider's own; {@code NOT_FOUND} where none handles the address;
   *     {@code UNAVAILABLE} where all that do have failed, or where no provider is there at all, as
   *     in the moment when the only one is updated
   */
  void run(RankedServices<EndpointProvider> providers) throws EndpointException {
    boolean answered = providers.first(this::answers).isPresent();
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    if (answered) {
      return;
    }
    if (handled || providers.first(any -> true).isEmpty()) {
      throw new EndpointException(
          EndpointException.Reason.UNAVAILABLE, request.address() + " cannot be opened now");
    }
    throw new EndpointException(
        EndpointException.Reason.NOT_FOUND, "nothing here is called " + request.address());
  }

  /** What the provider throws, its own refusals apart, is logged by who asks. */
  private boolean answers(EndpointProvider provider) {
    if (!provider.handles(request.address())) {
      return false;
    }
    handled = true;
    try {
      provider.open(request);
    } catch (EndpointException refused) {
      refusal = Optional.of(refused);
    }
    return true;
  }
}
