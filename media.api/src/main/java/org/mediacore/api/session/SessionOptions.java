package org.mediacore.api.session;

import java.util.List;
import java.util.Optional;
import org.mediacore.api.state.LatchPolicy;

/** What a session is made with. */
public final class SessionOptions {
  private final String label;
  private final LatchPolicy latchPolicy;
  private final SessionListener listener;
  private final Optional<List<String>> processing;

  private SessionOptions(Builder builder) {
    label = builder.label;
    latchPolicy = builder.latchPolicy;
    listener = builder.listener;
    processing = builder.processing;
  }

  /** Starts with the defaults: no label, the strict latch policy, nobody listening. */
  public static Builder builder() {
    return new Builder();
  }

  /** A text for logs and reports, such as the caller's address. */
  public String label() {
    return label;
  }

  /** Whose packets may latch. */
  public LatchPolicy latchPolicy() {
    return latchPolicy;
  }

  /** Who hears the session's events. */
  public SessionListener listener() {
    return listener;
  }

  /**
   * Names of the processors that the session's audio passes, in order; empty where the platform's
   * configuration decides.
   */
  public Optional<List<String>> processing() {
    return processing;
  }

  /** Collects options. */
  public static final class Builder {
    private String label = "";
    private LatchPolicy latchPolicy = LatchPolicy.SIGNALLED_ADDRESS;
    private SessionListener listener = (session, event) -> {};
    private Optional<List<String>> processing = Optional.empty();

    private Builder() {}

    public Builder label(String value) {
      label = value;
      return this;
    }

    public Builder latchPolicy(LatchPolicy value) {
      latchPolicy = value;
      return this;
    }

    public Builder listener(SessionListener value) {
      listener = value;
      return this;
    }

    /** Names of processors, in order, instead of those that are configured for all sessions. */
    public Builder processing(List<String> value) {
      processing = Optional.of(List.copyOf(value));
      return this;
    }

    public SessionOptions build() {
      return new SessionOptions(this);
    }
  }
}
