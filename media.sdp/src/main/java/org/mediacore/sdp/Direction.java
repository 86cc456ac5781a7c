package org.mediacore.sdp;

import java.util.Optional;

/**
 * Which way media flows, seen from whoever wrote the description (RFC 8866 §6.7, RFC 3264 §5.1).
 */
public enum Direction {
  /** Sends and receives. */
  SENDRECV,
  /** Only sends: also the usual way to put the other side on hold (RFC 3264 §8.4). */
  SENDONLY,
  /** Only receives. */
  RECVONLY,
  /** Neither sends nor receives; RTCP goes on. */
  INACTIVE;

  /** The direction with these two halves. */
  public static Direction of(boolean sends, boolean receives) {
    if (sends) {
      return receives ? SENDRECV : SENDONLY;
    }
    return receives ? RECVONLY : INACTIVE;
  }

  /** The direction of an attribute name such as {@code sendonly}, if it is one. */
  public static Optional<Direction> ofAttribute(String name) {
    for (Direction direction : values()) {
      if (direction.attributeName().equals(name)) {
        return Optional.of(direction);
      }
    }
    return Optional.empty();
  }

  /** Whether media is sent. */
  public boolean sends() {
    return this == SENDRECV || this == SENDONLY;
  }

  /** Whether media is received. */
  public boolean receives() {
    return this == SENDRECV || this == RECVONLY;
  }

  /** The same flow seen from the other side: sendonly becomes recvonly and back. */
  public Direction reversed() {
    return of(receives(), sends());
  }

  /** What both allow. */
  public Direction intersect(Direction other) {
    return of(sends() && other.sends(), receives() && other.receives());
  }

  /** The attribute's name. */
  public String attributeName() {
    return switch (this) {
      case SENDRECV -> "sendrecv";
      case SENDONLY -> "sendonly";
      case RECVONLY -> "recvonly";
      case INACTIVE -> "inactive";
    };
  }
}
