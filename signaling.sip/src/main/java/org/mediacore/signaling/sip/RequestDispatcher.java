package org.mediacore.signaling.sip;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Supplier;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.RequireHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each datagram to what it belongs to: a transaction, a call, a new call, or a refusal (RFC
 * 3261 §8.2). Runs on the receiving thread and blocks nowhere.
 */
final class RequestDispatcher implements UdpSocket.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(RequestDispatcher.class);
  private static final int SMALLEST_MESSAGE_BYTES = 16;

  private final MessageReader reader = new MessageReader();
  private final Wire wire;
  private final Supplier<AllowList> allow;
  private final Responses responses;
  private final ServerTransactions transactions;
  private final ClientTransactions requests;
  private final CallTable calls;
  private final CallAdmission admission;
  private final Tokens tokens;

  RequestDispatcher(
      Wire wire,
      Supplier<AllowList> allow,
      Responses responses,
      ServerTransactions transactions,
      ClientTransactions requests,
      CallTable calls,
      CallAdmission admission,
      Tokens tokens) {
    this.wire = wire;
    this.allow = allow;
    this.responses = responses;
    this.transactions = transactions;
    this.requests = requests;
    this.calls = calls;
    this.admission = admission;
    this.tokens = tokens;
  }

  @Override
  public void received(byte[] datagram, InetSocketAddress source) {
    byte[] trimmed = withoutLeadingLineEnds(datagram);
    if (trimmed.length < SMALLEST_MESSAGE_BYTES) {
      return; // A keep-alive (RFC 5626 §3.5.1), or nothing.
    }
    SIPMessage message;
    try {
      message = reader.read(trimmed);
    } catch (ParseException e) {
      malformed(trimmed, source, e.getMessage());
      return;
    }
    if (message instanceof SIPResponse response) {
      requests.response(response);
    } else if (message instanceof SIPRequest request) {
      request(IncomingRequest.of(request, source));
    }
  }

  private void malformed(byte[] datagram, InetSocketAddress source, String why) {
    LOG.debug("malformed, from {}: {}", source, why);
    if (allow.get().permits(source.getAddress())) {
      BadRequest.answer(MessageReader.headText(datagram), why, tokens.tag())
          .ifPresent(response -> wire.send(response, source));
    }
  }

  private static byte[] withoutLeadingLineEnds(byte[] datagram) {
    int start = 0;
    while (start < datagram.length && (datagram[start] == '\r' || datagram[start] == '\n')) {
      start++;
    }
    return start == 0 ? datagram : Arrays.copyOfRange(datagram, start, datagram.length);
  }

  private void request(IncomingRequest request) {
    if (request.method().equals(SIPRequest.ACK)) {
      acknowledge(request);
      return;
    }
    Optional<ServerTransaction> known = transactions.find(request, request.method());
    if (known.isPresent()) {
      known.get().requestRepeated();
      return;
    }
    Optional<Refusal> stranger = refusalOfStranger(request);
    if (stranger.isPresent()) {
      // Without a transaction (RFC 3261 §8.2.7), so that strangers cost nothing.
      wire.send(responses.refusal(request, stranger.get(), tokens.tag()), request.responseTarget());
    } else if (request.method().equals(SIPRequest.CANCEL)) {
      cancel(request);
    } else {
      refusalOf(request).ifPresentOrElse(refusal -> refuse(request, refusal), () -> serve(request));
    }
  }

  private void acknowledge(IncomingRequest ack) {
    Optional<ServerTransaction> invite = transactions.find(ack, SIPRequest.INVITE);
    if (invite.isPresent() && invite.get().acknowledgedRefusal()) {
      return;
    }
    calls.find(ack).ifPresent(call -> call.acknowledge(ack, SdpBody.of(ack.message())));
  }

  private void cancel(IncomingRequest cancel) {
    Optional<ServerTransaction> invite = transactions.find(cancel, SIPRequest.INVITE);
    if (invite.isEmpty()) {
      refuse(cancel, Refusal.of(481, "Call/Transaction Does Not Exist"));
      return;
    }
    byte[] ok = responses.plain(cancel, 200, "OK", tokens.tag());
    transactions.begin(cancel).respond(200, ok, () -> {});
    invite.get().cancel();
  }

  private Optional<Refusal> refusalOfStranger(IncomingRequest request) {
    SIPRequest message = request.message();
    if (!"SIP/2.0".equalsIgnoreCase(message.getRequestLine().getSipVersion())) {
      return Optional.of(Refusal.of(505, "Version Not Supported"));
    }
    if (!message.getCSeq().getMethod().equals(request.method())) {
      return Optional.of(Refusal.of(400, "Bad Request (the method in CSeq differs)"));
    }
    // A call that was let in may still be ended when the list has changed.
    if (!allow.get().permits(request.source().getAddress()) && calls.find(request).isEmpty()) {
      LOG.debug("{} is not among those who may call", request.source());
      return Optional.of(Refusal.of(403, "Forbidden"));
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refusalOf(IncomingRequest request) {
    SIPRequest message = request.message();
    switch (request.method()) {
      case SIPRequest.INVITE, SIPRequest.BYE, SIPRequest.OPTIONS -> {}
      default -> {
        return Optional.of(Refusal.of(405, "Method Not Allowed", "Allow", Responses.ALLOW));
      }
    }
    if (!(message.getRequestURI() instanceof SipUri uri) || uri.isSecure()) {
      return Optional.of(Refusal.of(416, "Unsupported URI Scheme"));
    }
    if (uri.getHeaderNames().hasNext()) {
      return Optional.of(Refusal.of(400, "Bad Request (headers in the request URI)"));
    }
    MaxForwardsHeader maxForwards = message.getMaxForwards();
    if (maxForwards != null && maxForwards.getMaxForwards() == 0) {
      return Optional.of(Refusal.of(483, "Too Many Hops"));
    }
    String required = required(message);
    if (!required.isEmpty()) {
      return Optional.of(Refusal.of(420, "Bad Extension", "Unsupported", required));
    }
    return Optional.empty();
  }

  /** The extensions that the sender requires: we have none. */
  private static String required(SIPRequest message) {
    StringJoiner tags = new StringJoiner(", ");
    Iterator<?> headers = message.getHeaders(RequireHeader.NAME);
    while (headers.hasNext()) {
      tags.add(((RequireHeader) headers.next()).getOptionTag());
    }
    return tags.toString();
  }

  private void serve(IncomingRequest request) {
    SdpBody body = SdpBody.of(request.message());
    if (request.toTag().isPresent()) {
      serveInDialog(request, body);
    } else if (request.method().equals(SIPRequest.OPTIONS)) {
      answerOptions(request);
    } else if (request.method().equals(SIPRequest.BYE)) {
      refuse(request, Refusal.of(481, "Call/Transaction Does Not Exist"));
    } else if (body.refusal().isPresent()) {
      refuse(request, body.refusal().get());
    } else {
      admission.invite(request, transactions.begin(request), body.sdp());
    }
  }

  private void serveInDialog(IncomingRequest request, SdpBody body) {
    Optional<Call> call = calls.find(request);
    if (call.isEmpty()) {
      refuse(request, Refusal.of(481, "Call/Transaction Does Not Exist"));
    } else if (request.method().equals(SIPRequest.OPTIONS)) {
      answerOptions(request);
    } else {
      call.get().request(transactions.begin(request), request, body);
    }
  }

  private void answerOptions(IncomingRequest request) {
    byte[] capabilities = responses.capabilities(request, tokens.tag());
    transactions.begin(request).respond(200, capabilities, () -> {});
  }

  private void refuse(IncomingRequest request, Refusal refusal) {
    byte[] response = responses.refusal(request, refusal, tokens.tag());
    transactions.begin(request).respond(refusal.status(), response, () -> {});
  }
}
