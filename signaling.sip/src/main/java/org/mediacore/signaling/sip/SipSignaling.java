package org.mediacore.signaling.sip;

import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mediacore.api.session.MediaManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SIP as configured: reads the configuration, opens and closes listening addresses. */
final class SipSignaling {
  private static final Logger LOG = LoggerFactory.getLogger(SipSignaling.class);

  private final MediaManager manager;
  private final SipPort.Settings settings;
  private final List<SipPort> retired = new ArrayList<>();
  private volatile SipConfig config = SipConfig.DEFAULT;
  private Optional<SipPort> port = Optional.empty();
  private Optional<String> failure = Optional.empty();

  SipSignaling(MediaManager manager, SipPort.Settings settings) {
    this.manager = manager;
    this.settings = settings;
  }

  /**
   * Takes a configuration over. What is wrong in it is logged, and stays as it was. A new address
   * is bound before the old one is given up; calls in progress stay on the old one until they end.
   */
  synchronized void configure(Map<String, ?> properties) {
    SipConfig wanted = SipConfig.read(properties, config, LOG::error);
    Optional<String> refusal = wanted.refusal();
    if (refusal.isPresent()) {
      fail(refusal.get());
      return;
    }
    SipConfig previous = config;
    config = wanted;
    if (port.isPresent() && port.get().listen().equals(wanted.listen())) {
      return;
    }
    try {
      SipPort opened =
          new SipPort(
              wanted.listen(), manager, () -> config.allow(), () -> config.maxCalls(), settings);
      port.ifPresent(this::retire);
      port = Optional.of(opened);
      failure = Optional.empty();
    } catch (IOException e) {
      if (port.isPresent()) {
        config = previous;
      }
      fail(explain(wanted.listen(), e));
    }
  }

  private void retire(SipPort old) {
    retired.removeIf(port -> port.calls() == 0);
    retired.add(old);
    old.retire();
  }

  private void fail(String why) {
    if (port.isPresent()) {
      LOG.error("{}: {}; staying on {}", SipConfig.PID, why, port.get().listen());
    } else {
      failure = Optional.of("sip: " + why);
      LOG.error("{}: {}", SipConfig.PID, why);
    }
  }

  private static String explain(ListenAddress listen, IOException e) {
    String text = String.valueOf(e.getMessage());
    if (e instanceof BindException && text.contains("in use")) {
      return listen + " is in use";
    }
    if (e instanceof BindException && text.contains("assign")) {
      return listen + " is no address of this machine";
    }
    return listen + " cannot be bound: " + text;
  }

  /** What is listened on, a readable line each. */
  synchronized List<String> listening() {
    return port.map(open -> List.of("sip  udp " + open.listen())).orElse(List.of());
  }

  /** Why nothing is listened on. */
  synchronized Optional<String> failure() {
    return failure;
  }

  /** Hangs up all calls and closes; takes a bounded time. */
  synchronized void close() {
    port.ifPresent(retired::add);
    port = Optional.empty();
    long deadlineMs = settings.nowMs().getAsLong() + settings.shutdownMs();
    retired.forEach(SipPort::hangUp);
    retired.forEach(open -> open.close(deadlineMs - settings.nowMs().getAsLong()));
    retired.clear();
  }
}
