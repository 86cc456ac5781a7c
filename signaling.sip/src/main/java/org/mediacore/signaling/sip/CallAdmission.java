package org.mediacore.signaling.sip;

import gov.nist.javax.sip.address.SipUri;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Decides whether an INVITE makes a call. Used on the receiving thread. */
final class CallAdmission {
  /** INVITEs that may wait for a worker; more would be answered too late to be of use. */
  static final int MAX_PENDING = 500;

  private final CallEnvironment environment;
  private final CallTable calls;
  private final IntSupplier maxCalls;
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param maxCalls how many calls may be up at once, 0 for no limit
   */
  CallAdmission(CallEnvironment environment, CallTable calls, IntSupplier maxCalls) {
    this.environment = environment;
    this.calls = calls;
    this.maxCalls = maxCalls;
  }

  /** No new calls from now on. */
  void close() {
    closed.set(true);
  }

  /**
   * Makes a call, or refuses it.
   *
   * @param offer the caller's description; empty where ours is asked for
   */
  void invite(IncomingRequest request, ServerTransaction transaction, Optional<String> offer) {
    String tag = environment.tokens().tag();
    Optional<String> user =
        Optional.ofNullable(((SipUri) request.message().getRequestURI()).getUser());
    Optional<String> address = user.flatMap(CalledAddress::decode);
    Optional<Dialog> dialog = Dialog.of(request, tag);
    Optional<Refusal> refusal = refusal(user, address, dialog);
    if (refusal.isPresent()) {
      refuse(request, transaction, refusal.get(), tag);
      return;
    }
    Call call = new Call(environment, dialog.orElseThrow(), request, address.orElseThrow());
    if (!calls.add(call)) {
      refuse(request, transaction, Refusal.of(482, "Loop Detected (merged request)"), tag);
      return;
    }
    transaction.provisional(environment.responses().trying(request));
    pending.incrementAndGet();
    call.begin(transaction, request, offer, pending::decrementAndGet);
  }

  private Optional<Refusal> refusal(
      Optional<String> user, Optional<String> address, Optional<Dialog> dialog) {
    if (closed.get()) {
      return Optional.of(Refusal.unavailable("shutting down"));
    }
    if (user.isEmpty() || user.get().isEmpty()) {
      return Optional.of(Refusal.of(404, "Not Found"));
    }
    if (address.isEmpty()) {
      return Optional.of(Refusal.of(400, "Bad Request (escapes in the request URI)"));
    }
    if (dialog.isEmpty()) {
      return Optional.of(Refusal.of(400, "Bad Request (Contact is missing or no sip URI)"));
    }
    if (maxCalls.getAsInt() > 0 && calls.size() >= maxCalls.getAsInt()) {
      return Optional.of(Refusal.unavailable("the limit of calls is reached"));
    }
    if (pending.get() >= MAX_PENDING) {
      return Optional.of(Refusal.unavailable("overloaded"));
    }
    return Optional.empty();
  }

  private void refuse(
      IncomingRequest request, ServerTransaction transaction, Refusal refusal, String tag) {
    byte[] response = environment.responses().refusal(request, refusal, tag);
    transaction.respond(refusal.status(), response, () -> {});
  }
}
