package org.mediacore.signaling.sip;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What can be configured, checked.
 *
 * @param listen where SIP listens
 * @param allow who may call
 * @param maxCalls how many calls may be up at once, 0 for no limit beyond the platform's own
 */
record SipConfig(ListenAddress listen, AllowList allow, int maxCalls) {
  static final String PID = "org.mediacore.signaling.sip";
  static final String LISTEN = "listen";
  static final String ALLOW = "allow";
  static final String MAX_CALLS = "max.calls";
  static final String DEFAULT_LISTEN = "127.0.0.1:5060";

  static final SipConfig DEFAULT =
      new SipConfig(ListenAddress.parse(DEFAULT_LISTEN).orElseThrow(), AllowList.EMPTY, 0);

  /**
   * Reads configuration properties. A key that is absent has its default; a value that is wrong is
   * told to {@code complaints}, naming pid, key, value and what is allowed, and keeps its previous
   * value.
   */
  static SipConfig read(
      Map<String, ?> properties, SipConfig previous, Consumer<String> complaints) {
    Reader reader = new Reader(properties, complaints);
    return new SipConfig(
        reader.value(
            LISTEN, DEFAULT.listen, previous.listen, ListenAddress::parse, ListenAddress.ALLOWED),
        reader.value(ALLOW, DEFAULT.allow, previous.allow, AllowList::parse, AllowList.ALLOWED),
        reader.value(
            MAX_CALLS, DEFAULT.maxCalls, previous.maxCalls, SipConfig::parseCount, "0 to 1000000"));
  }

  /** Why this cannot be used although each value is well formed; empty when it can. */
  Optional<String> refusal() {
    if (listen.isLoopback() || !allow.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        listen
            + " can be reached from other machines, and nothing says who may call:"
            + " set allow ("
            + AllowList.ALLOWED
            + ") or listen on a loopback address");
  }

  private static Optional<Integer> parseCount(String text) {
    if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) > 1_000_000) {
      return Optional.empty();
    }
    return Optional.of(Integer.parseInt(text));
  }

  private record Reader(Map<String, ?> properties, Consumer<String> complaints) {
    <T> T value(
        String key, T absent, T previous, Function<String, Optional<T>> parser, String allowed) {
      Object raw = properties.get(key);
      if (raw == null) {
        return absent;
      }
      String text = raw instanceof String[] list ? String.join(",", list) : raw.toString().trim();
      Optional<T> parsed = parser.apply(text);
      if (parsed.isEmpty()) {
        complaints.accept(
            PID
                + ": "
                + key
                + "="
                + text
                + " is not valid, staying with '"
                + previous
                + "'; allowed: "
                + allowed);
      }
      return parsed.orElse(previous);
    }
  }
}
