package org.mediacore.signaling.sip;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mediacore.api.session.MediaManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening address with its transactions and calls. Safe for use by several threads. */
final class SipPort {
  private static final Logger LOG = LoggerFactory.getLogger(SipPort.class);

  static {
    JainLogger.install();
  }

  private final ListenAddress listen;
  private final UdpSocket socket;
  private final SipThreads threads;
  private final CallTable calls = new CallTable();
  private final CallAdmission admission;
  private final RequestDispatcher dispatcher;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean retired;
  private volatile CountDownLatch hangingUp = new CountDownLatch(0);

  /**
   * What does not change while a port is open.
   *
   * @param workers how many calls may be set up at the same time
   * @param shutdownMs how long to wait at most for the callers to confirm the end of their calls
   * @param nowMs a clock that never goes back, in milliseconds
   */
  record Settings(SipTimings timings, int workers, long shutdownMs, LongSupplier nowMs) {}

  /**
   * Binds and serves.
   *
   * @param allow who may call, asked for each request
   * @param maxCalls how many calls may be up, asked for each INVITE
   * @throws IOException where the address cannot be bound
   */
  SipPort(
      ListenAddress listen,
      MediaManager manager,
      Supplier<AllowList> allow,
      IntSupplier maxCalls,
      Settings settings)
      throws IOException {
    this.listen = listen;
    socket = new UdpSocket(listen);
    threads = new SipThreads(settings.workers());
    Responses responses = new Responses(listen);
    Tokens tokens = new Tokens();
    SipTimings timings = settings.timings();
    ClientTransactions requests = new ClientTransactions(socket, threads, timings);
    CallEnvironment environment =
        new CallEnvironment(
            manager,
            listen,
            responses,
            requests,
            threads,
            tokens,
            threads,
            settings.nowMs(),
            this::ended);
    admission = new CallAdmission(environment, calls, maxCalls);
    dispatcher =
        new RequestDispatcher(
            socket,
            allow,
            responses,
            new ServerTransactions(socket, threads, timings),
            requests,
            calls,
            admission,
            tokens);
    socket.start(dispatcher);
  }

  ListenAddress listen() {
    return listen;
  }

  int calls() {
    return calls.size();
  }

  private void ended(Call call) {
    calls.remove(call);
    if (retired && calls.size() == 0) {
      // Later, so that the last BYE is answered.
      threads.after(SipTimings.RFC_3261.t2Ms(), () -> close(0));
    }
  }

  /** No new calls; closes when the last one is over. */
  void retire() {
    admission.close();
    retired = true;
    if (calls.size() == 0) {
      close(0);
    } else {
      LOG.info("{} takes no new calls and closes when its {} calls are over", listen, calls.size());
    }
  }

  /** No new calls; hangs up those that are up. Returns at once; {@link #close} comes next. */
  synchronized void hangUp() {
    admission.close();
    List<Call> open = calls.all();
    hangingUp = new CountDownLatch(open.size());
    open.forEach(call -> call.shutDown(hangingUp::countDown));
  }

  /**
   * Waits until the callers know that their calls are over, and closes. Closing again does nothing.
   *
   * @param maxWaitMs how long to wait at most, in milliseconds
   */
  void close(long maxWaitMs) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    awaitHangUp(Math.max(0, maxWaitMs));
    socket.close();
    // Nothing is received any more: what was still on its way in is the last.
    calls.all().forEach(call -> call.shutDown(() -> {}));
    threads.close();
  }

  private void awaitHangUp(long maxWaitMs) {
    try {
      if (!hangingUp.await(maxWaitMs, TimeUnit.MILLISECONDS)) {
        LOG.info(
            "{}: {} callers did not confirm the end of their call", listen, hangingUp.getCount());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
