package org.mediacore.signaling.sip;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The requests that are being answered, or were a short time ago. Safe for use by several threads.
 */
final class ServerTransactions {
  private final ConcurrentMap<String, ServerTransaction> byKey = new ConcurrentHashMap<>();
  private final Wire wire;
  private final Timers timers;
  private final SipTimings timings;

  ServerTransactions(Wire wire, Timers timers, SipTimings timings) {
    this.wire = wire;
    this.timers = timers;
    this.timings = timings;
  }

  /** The transaction that a request belongs to as one of {@code method}. */
  Optional<ServerTransaction> find(IncomingRequest request, String method) {
    return Optional.ofNullable(byKey.get(request.transactionKey(method)));
  }

  /** Starts a transaction for a request that belongs to none. */
  ServerTransaction begin(IncomingRequest request) {
    String key = request.transactionKey(request.method());
    ServerTransaction transaction =
        new ServerTransaction(
            key,
            request.method().equals("INVITE"),
            request.responseTarget(),
            wire,
            timers,
            timings,
            () -> byKey.remove(key));
    byKey.put(key, transaction);
    return transaction;
  }

  int size() {
    return byKey.size();
  }
}
