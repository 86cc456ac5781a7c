package org.mediacore.api.session;

import org.mediacore.api.state.LatchPolicy;

/** What a session is made with. */
public final class SessionOptions {
  private final String label;
  private final LatchPolicy latchPolicy;
  private final SessionListener listener;

  private SessionOptions(Builder builder) {
    label = builder.label;
    latchPolicy = builder.latchPolicy;
    listener = builder.listener;
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

  /** Collects options. */
  public static final class Builder {
    private String label = "";
    private LatchPolicy latchPolicy = LatchPolicy.SIGNALLED_ADDRESS;
    private SessionListener listener = (session, event) -> {};

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

    public SessionOptions build() {
      return new SessionOptions(this);
    }
  }
}
