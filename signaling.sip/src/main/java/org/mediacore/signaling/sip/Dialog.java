package org.mediacore.signaling.sip;

import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.RecordRoute;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.sip.address.URI;

/**
 * What two user agents know of their call (RFC 3261 §12), seen from the called side. Kept as text:
 * a call that is up holds no parsed message. Not safe for use by several threads.
 */
final class Dialog {
  private static final int DEFAULT_PORT = 5060;

  private final String callId;
  private final String localTag;
  private final String remoteTag;
  private final String local;
  private final String remote;
  private final List<String> routes;
  private String remoteTarget;
  private long localSequence;

  private Dialog(IncomingRequest invite, String localTag, SipUri contact) {
    this.callId = invite.callId();
    this.localTag = localTag;
    this.remoteTag = invite.fromTag();
    this.local = ((SIPHeader) invite.message().getTo()).getHeaderValue() + ";tag=" + localTag;
    this.remote = ((SIPHeader) invite.message().getFrom()).getHeaderValue();
    this.routes = recordedRoutes(invite.message());
    this.remoteTarget = contact.toString();
  }

  /** The dialog that a 2xx to an INVITE makes; empty where the INVITE has no usable Contact. */
  static Optional<Dialog> of(IncomingRequest invite, String localTag) {
    Optional<SipUri> target = contactOf(invite.message());
    if (invite.message().getContactHeader() == null && invite.isOfRfc2543()) {
      // There, Contact is optional and From stands in for it (RFC 2543 §6.13).
      target = usable(invite.message().getFrom().getAddress().getURI());
    }
    return target.map(uri -> new Dialog(invite, localTag, uri));
  }

  private static Optional<SipUri> contactOf(SIPMessage message) {
    Contact contact = message.getContactHeader();
    if (contact == null || contact.getAddress() == null) {
      return Optional.empty();
    }
    return usable(contact.getAddress().getURI());
  }

  private static Optional<SipUri> usable(URI uri) {
    return uri instanceof SipUri sip && !sip.isSecure() ? Optional.of(sip) : Optional.empty();
  }

  private static List<String> recordedRoutes(SIPRequest request) {
    List<String> routes = new ArrayList<>();
    if (request.getRecordRouteHeaders() != null) {
      Iterator<RecordRoute> recorded = request.getRecordRouteHeaders().iterator();
      while (recorded.hasNext()) {
        routes.add(recorded.next().getHeaderValue());
      }
    }
    return List.copyOf(routes);
  }

  /** What a call is found by. */
  static String key(String callId, String localTag) {
    return callId + ' ' + localTag;
  }

  String key() {
    return key(callId, localTag);
  }

  String localTag() {
    return localTag;
  }

  /** Whether the request comes from the other end of this dialog. */
  boolean isFromPeer(IncomingRequest request) {
    return request.fromTag().equalsIgnoreCase(remoteTag);
  }

  /**
   * A re-INVITE and the 2xx to it may name a new target (RFC 3261 §12.2.1.2, §12.2.2).
   *
   * @param message the peer's
   */
  void refreshTarget(SIPMessage message) {
    contactOf(message).ifPresent(contact -> remoteTarget = contact.toString());
  }

  /**
   * A request of ours in this dialog.
   *
   * @param message the datagram
   * @param target where it goes
   * @param method its method
   * @param branch of its Via
   */
  record Outgoing(byte[] message, InetSocketAddress target, String method, String branch) {}

  /**
   * Writes the BYE (RFC 3261 §15.1.1). May ask a name server.
   *
   * @param listen our address for the Via
   * @param branch the new transaction's
   * @param reason the value of a Reason header (RFC 3326)
   */
  Outgoing bye(ListenAddress listen, String branch, Optional<String> reason) throws IOException {
    List<Refusal.Header> headers =
        reason.map(value -> List.of(new Refusal.Header("Reason", value))).orElse(List.of());
    return request("BYE", ++localSequence, listen, branch, headers, "");
  }

  /**
   * Writes a re-INVITE (RFC 3261 §14.1). May ask a name server.
   *
   * @param headers what it says besides, the Contact among it
   * @param sdp our offer
   */
  Outgoing invite(ListenAddress listen, String branch, List<Refusal.Header> headers, String sdp)
      throws IOException {
    return request("INVITE", ++localSequence, listen, branch, headers, sdp);
  }

  /** The number of our latest request. */
  long localSequence() {
    return localSequence;
  }

  /** Writes the CANCEL of the INVITE written last: same URI, branch, routes and number (§9.1). */
  Outgoing cancel(ListenAddress listen, String branch) throws IOException {
    return request("CANCEL", localSequence, listen, branch, List.of(), "");
  }

  /**
   * Writes the ACK for a 2xx, a transaction of its own (RFC 3261 §13.2.2.4). May ask a name server.
   *
   * @param sequence the INVITE's
   */
  Outgoing ack(ListenAddress listen, String branch, long sequence) throws IOException {
    return request("ACK", sequence, listen, branch, List.of(), "");
  }

  /** RFC 3261 §12.2.1.1. */
  private Outgoing request(
      String method,
      long sequence,
      ListenAddress listen,
      String branch,
      List<Refusal.Header> headers,
      String sdp)
      throws IOException {
    String requestUri = remoteTarget;
    List<String> route = routes;
    String hop = requestUri;
    if (!routes.isEmpty()) {
      hop = uriIn(routes.get(0));
      if (!parse(hop).hasLrParam()) {
        // A strict router: it becomes the request URI, the target goes last.
        requestUri = hop;
        route = new ArrayList<>(routes.subList(1, routes.size()));
        route.add("<" + remoteTarget + ">");
      }
    }
    StringBuilder text = new StringBuilder(500);
    text.append(method)
        .append(' ')
        .append(requestUri)
        .append(" SIP/2.0\r\nVia: SIP/2.0/UDP ")
        .append(listen)
        .append(";branch=")
        .append(branch)
        .append(";rport\r\n");
    route.forEach(value -> text.append("Route: ").append(value).append("\r\n"));
    text.append("Max-Forwards: 70\r\nFrom: ")
        .append(local)
        .append("\r\nTo: ")
        .append(remote)
        .append("\r\nCall-ID: ")
        .append(callId)
        .append("\r\nCSeq: ")
        .append(sequence)
        .append(' ')
        .append(method)
        .append("\r\n");
    headers.forEach(h -> text.append(h.name()).append(": ").append(h.value()).append("\r\n"));
    text.append("Content-Length: ").append(sdp.getBytes(StandardCharsets.UTF_8).length);
    text.append("\r\n\r\n").append(sdp);
    byte[] message = text.toString().getBytes(StandardCharsets.UTF_8);
    return new Outgoing(message, resolve(parse(hop)), method, branch);
  }

  private static String uriIn(String nameAddress) {
    int open = nameAddress.indexOf('<');
    int close = nameAddress.indexOf('>', open + 1);
    return open < 0 || close < 0 ? nameAddress : nameAddress.substring(open + 1, close);
  }

  private static SipUri parse(String text) throws IOException {
    try {
      URI uri = new AddressFactoryImpl().createURI(text);
      if (uri instanceof SipUri sip) {
        return sip;
      }
      throw new IOException("not a SIP URI: " + text);
    } catch (ParseException e) {
      throw new IOException("not a URI: " + text, e);
    }
  }

  private static InetSocketAddress resolve(SipUri hop) throws IOException {
    String host = hop.getMAddrParam() != null ? hop.getMAddrParam() : hop.getHost();
    Optional<InetAddress> literal = IpLiteral.parse(host);
    InetAddress address = literal.isPresent() ? literal.get() : InetAddress.getByName(host);
    return new InetSocketAddress(address, hop.getPort() > 0 ? hop.getPort() : DEFAULT_PORT);
  }
}
