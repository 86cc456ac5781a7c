package org.mediacore.api.session;

/**
 * How a session is connected.
 *
 * @param decode whether audio is decoded and encoded even where packets could be passed on
 */
public record ConnectOptions(boolean decode) {
  /** The cheapest way that does what is needed. */
  public static final ConnectOptions DEFAULT = new ConnectOptions(false);

  /** Always through decoder and encoder. */
  public static final ConnectOptions DECODED = new ConnectOptions(true);
}
