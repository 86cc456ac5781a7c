package org.mediacore.api.codec;

/** The kind of a media stream: the media type of an SDP m-line (RFC 8866 §5.14). */
public enum MediaKind {
  AUDIO,
  VIDEO;

  /** The SDP media type, such as {@code audio}. */
  public String sdpName() {
    return this == AUDIO ? "audio" : "video";
  }
}
