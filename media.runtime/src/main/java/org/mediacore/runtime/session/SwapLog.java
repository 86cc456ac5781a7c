package org.mediacore.runtime.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.mediacore.api.swap.SwapHistory;
import org.mediacore.api.swap.SwapListener;
import org.mediacore.api.swap.SwapReceipt;
import org.mediacore.runtime.registry.Standing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The receipts of the last changes, and who is told of new ones. Safe for several threads. */
public final class SwapLog implements SwapHistory {
  private static final Logger LOG = LoggerFactory.getLogger(SwapLog.class);
  private static final int MAX_RECEIPTS = 10_000;

  private final Deque<SwapReceipt> receipts = new ArrayDeque<>();
  private final List<SwapListener> listeners;
  private final Standing standing;
  private final Executor background;

  /**
   * @param listeners who is told; may change at any time
   * @param background runs tasks in order, one at a time; tells listeners
   */
  public SwapLog(Standing standing, List<SwapListener> listeners, Executor background) {
    this.listeners = listeners;
    this.standing = standing;
    this.background = background;
  }

  @Override
  public List<SwapReceipt> receipts() {
    synchronized (receipts) {
      return List.copyOf(receipts);
    }
  }

  @Override
  public List<String> quarantined() {
    return standing.quarantined();
  }

  /** Keeps a receipt; also on a loop. */
  void keep(SwapReceipt receipt) {
    synchronized (receipts) {
      if (receipts.size() == MAX_RECEIPTS) {
        receipts.removeFirst();
      }
      receipts.addLast(receipt);
    }
    tell(listener -> listener.swapped(receipt));
  }

  /** A provider is in quarantine now. */
  void quarantined(String provider, String why) {
    LOG.error("quarantined: {}", why);
    tell(listener -> listener.quarantined(provider, why));
  }

  private void tell(Consumer<SwapListener> event) {
    if (listeners.isEmpty()) {
      return;
    }
    background.execute(
        () -> {
          for (SwapListener listener : listeners) {
            try {
              event.accept(listener);
            } catch (RuntimeException | LinkageError broken) {
              LOG.warn("{} failed at a change", listener, broken);
            }
          }
        });
  }
}
