package org.mediacore.signaling.sip;

import gov.nist.javax.sip.message.SIPResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes responses: the headers that mirror the request through JAIN-SIP, those that are ours as
 * text. Safe for use by several threads.
 */
final class Responses {
  static final String ALLOW = "INVITE, ACK, BYE, CANCEL, OPTIONS";
  static final String SDP = "application/sdp";

  private static final String NO_BODY = "";

  private final List<Refusal.Header> ours;
  private final List<Refusal.Header> capabilities;
  private final Refusal.Header sdpType = new Refusal.Header("Content-Type", SDP);

  /** Responses that name {@code listen} as where we are reached. */
  Responses(ListenAddress listen) {
    // No extension is supported: Supported is there and empty (RFC 3261 §20.37).
    ours =
        List.of(
            new Refusal.Header("Contact", "<sip:" + listen + ">"),
            new Refusal.Header("Allow", ALLOW),
            new Refusal.Header("Supported", ""));
    capabilities =
        List.of(
            ours.get(0),
            ours.get(1),
            ours.get(2),
            new Refusal.Header("Accept", SDP),
            new Refusal.Header("Accept-Encoding", "identity"));
  }

  /** 100 Trying, which has no tag of ours (RFC 3261 §8.2.6.1). */
  byte[] trying(IncomingRequest request) {
    return bytes(request.message().createResponse(SIPResponse.TRYING), List.of(), NO_BODY);
  }

  /** A response without a body, with a tag of ours where the request has none. */
  byte[] plain(IncomingRequest request, int status, String reason, String tag) {
    return bytes(tagged(request, status, reason, tag), List.of(), NO_BODY);
  }

  byte[] refusal(IncomingRequest request, Refusal refusal, String tag) {
    return bytes(
        tagged(request, refusal.status(), refusal.reason(), tag), refusal.headers(), NO_BODY);
  }

  /** 200 to OPTIONS: what we can do (RFC 3261 §11.2). */
  byte[] capabilities(IncomingRequest request, String tag) {
    return bytes(tagged(request, SIPResponse.OK, "OK", tag), capabilities, NO_BODY);
  }

  /** 200 to INVITE with a description of ours. */
  byte[] accepted(IncomingRequest request, String tag, String sdp) {
    return bytes(tagged(request, SIPResponse.OK, "OK", tag), ours, sdp);
  }

  /** What a re-INVITE of ours says of us and of its body. */
  List<Refusal.Header> ofInvite() {
    return List.of(ours.get(0), ours.get(1), ours.get(2), sdpType);
  }

  private static SIPResponse tagged(
      IncomingRequest request, int status, String reason, String tag) {
    SIPResponse response = request.message().createResponse(status, reason);
    if (request.toTag().isEmpty()) {
      response.setToTag(tag);
    }
    return response;
  }

  private byte[] bytes(SIPResponse mirrored, List<Refusal.Header> headers, String body) {
    StringBuilder text = new StringBuilder(800);
    mirrored
        .encode()
        .lines()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> !line.regionMatches(true, 0, "Content-Length:", 0, 15))
        .forEach(line -> text.append(line).append("\r\n"));
    headers.forEach(header -> line(text, header));
    if (!body.isEmpty()) {
      line(text, sdpType);
    }
    text.append("Content-Length: ").append(body.getBytes(StandardCharsets.UTF_8).length);
    return text.append("\r\n\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder text, Refusal.Header header) {
    text.append(header.name()).append(": ").append(header.value()).append("\r\n");
  }
}
