package org.mediacore.sdp;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Who made the session and which version this is (o=, RFC 8866 §5.2). Identifier and version are
 * decimal numbers of any length and are kept as text: peers send values above 2^63.
 *
 * @param username login name, or "-"
 * @param sessionId decimal digits
 * @param sessionVersion decimal digits
 * @param networkType "IN"
 * @param addressType "IP4" or "IP6"
 * @param address host name or address of the machine that made the session
 */
public record Origin(
    String username,
    String sessionId,
    String sessionVersion,
    String networkType,
    String addressType,
    String address) {

  /** Checks every field; throws IllegalArgumentException naming the field that is wrong. */
  public Origin {
    Fields.requireToken(username, "username");
    Fields.requireToken(networkType, "network type");
    Fields.requireToken(addressType, "address type");
    Fields.requireToken(address, "address");
    if (!Fields.isDigits(sessionId) || !Fields.isDigits(sessionVersion)) {
      throw new IllegalArgumentException(
          "session id and version must be digits: " + sessionId + " " + sessionVersion);
    }
  }

  /** An origin of an IP host with user name "-". */
  public static Origin of(long sessionId, long sessionVersion, String address) {
    return new Origin(
        "-",
        Long.toString(sessionId),
        Long.toString(sessionVersion),
        "IN",
        Connection.addressTypeOf(address),
        address);
  }

  /** The same session with the version raised by one (RFC 3264 §8). */
  public Origin nextVersion() {
    String next = new BigInteger(sessionVersion).add(BigInteger.ONE).toString();
    return new Origin(username, sessionId, next, networkType, addressType, address);
  }

  /** Whether both name the same session: everything but the version is equal (RFC 8866 §5.2). */
  public boolean sameSession(Origin other) {
    return username.equals(other.username)
        && sessionId.equals(other.sessionId)
        && networkType.equals(other.networkType)
        && addressType.equals(other.addressType)
        && address.equals(other.address);
  }

  /** The value of the o= line. */
  public String toValue() {
    return String.join(" ", username, sessionId, sessionVersion, networkType, addressType, address);
  }

  static Optional<Origin> parse(String value) {
    String[] f = Fields.split(value);
    if (f.length != 6 || !Fields.isDigits(f[1]) || !Fields.isDigits(f[2])) {
      return Optional.empty();
    }
    return Optional.of(new Origin(f[0], f[1], f[2], f[3], f[4], f[5]));
  }
}
