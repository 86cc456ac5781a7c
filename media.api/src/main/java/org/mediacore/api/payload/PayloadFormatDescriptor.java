package org.mediacore.api.payload;

import java.util.Objects;
import org.mediacore.api.codec.MediaKind;

/**
 * What a payload format is.
 *
 * @param encoding the name in the rtpmap, such as {@code mpeg4-generic}; an RFC 8866 token
 * @param kind the media kind
 * @param codec the encoding name of the codecs whose frames it carries, as their descriptors say,
 *     such as {@code AAC}; compared without regard to case
 * @param marksFrameEnds whether the RTP marker stands on each packet that ends a frame, as RFC 3640
 *     §3.1 and RFC 6416 §6.1 have it; else on the first one behind a silence, as audio does by RFC
 *     3551 §4.1
 */
public record PayloadFormatDescriptor(
    String encoding, MediaKind kind, String codec, boolean marksFrameEnds) {
  private static final String TOKEN = "[!#$%&'*+.^_`{|}~0-9A-Za-z-]+";

  public PayloadFormatDescriptor {
    Objects.requireNonNull(kind, "kind");
    if (!encoding.matches(TOKEN)) {
      throw new IllegalArgumentException("encoding must be an RFC 8866 token: " + encoding);
    }
    if (!codec.matches(TOKEN)) {
      throw new IllegalArgumentException("codec must be an RFC 8866 token: " + codec);
    }
  }

  @Override
  public String toString() {
    return encoding + " for " + codec;
  }
}
