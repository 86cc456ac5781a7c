package org.mediacore.signaling.sip;

import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.endpoint.EndpointException;

/**
 * Why a request is not served, as SIP says it.
 *
 * @param status 300 to 699
 * @param reason the reason phrase
 * @param headers what the response must carry besides
 */
record Refusal(int status, String reason, List<Header> headers) {
  /** One header line. */
  record Header(String name, String value) {}

  static final String RETRY_AFTER_SECONDS = "5";

  /** Warning agents name themselves; ours needs no address in it (RFC 3261 §20.43). */
  private static final String WARN_AGENT = "mediacore";

  static Refusal of(int status, String reason) {
    return new Refusal(status, reason, List.of());
  }

  static Refusal of(int status, String reason, String headerName, String headerValue) {
    return new Refusal(status, reason, List.of(new Header(headerName, headerValue)));
  }

  /** 503 with a time after which to try again. */
  static Refusal unavailable(String reason) {
    return of(
        503, "Service Unavailable (" + phrase(reason) + ")", "Retry-After", RETRY_AFTER_SECONDS);
  }

  static Refusal of(MediaSetupException e) {
    return switch (e.reason()) {
      case NO_COMMON_CODEC ->
          of(488, "Not Acceptable Here", "Warning", warning(305, e.getMessage()));
      case NOT_SUPPORTED -> of(488, "Not Acceptable Here", "Warning", warning(399, e.getMessage()));
      case BAD_DESCRIPTION ->
          of(
              400,
              "Bad Request (" + phrase(e.getMessage()) + ")",
              "Warning",
              warning(399, e.getMessage()));
      case LIMIT_REACHED, RESOURCE_MISSING -> unavailable(e.getMessage());
      case WRONG_STATE -> of(500, "Server Internal Error", "Warning", warning(399, e.getMessage()));
    };
  }

  static Refusal of(EndpointException e) {
    return switch (e.reason()) {
      case NOT_FOUND -> of(404, "Not Found", "Warning", warning(399, e.getMessage()));
      case BUSY -> of(486, "Busy Here", "Warning", warning(399, e.getMessage()));
      case FORBIDDEN -> of(403, "Forbidden", "Warning", warning(399, e.getMessage()));
      case UNAVAILABLE -> unavailable(e.getMessage());
    };
  }

  /** A Warning value: code, agent and quoted text. */
  static String warning(int code, String text) {
    String quoted = phrase(text).replace("\\", "\\\\").replace("\"", "\\\"");
    return code + " " + WARN_AGENT + " \"" + quoted + "\"";
  }

  /** Text that fits on one line of a SIP message. */
  static String phrase(String text) {
    return IncomingRequest.printable(text == null ? "" : text);
  }
}
