package org.mediacore.runtime.negotiation;

import java.util.ArrayList;
import java.util.List;
import org.mediacore.api.MediaSetupException;
import org.mediacore.api.MediaSetupException.Reason;
import org.mediacore.sdp.MediaDescription;
import org.mediacore.sdp.SdpParseException;
import org.mediacore.sdp.SessionDescription;

/** Reading descriptions, with failures in the words of the API. */
final class Descriptions {
  private Descriptions() {}

  /** Parses; {@code BAD_DESCRIPTION} says which line is wrong and what is expected. */
  static SessionDescription parse(String sdp) throws MediaSetupException {
    try {
      return SessionDescription.parse(sdp);
    } catch (SdpParseException broken) {
      throw new MediaSetupException(
          Reason.BAD_DESCRIPTION,
          "the session description is not valid",
          broken.getMessage(),
          broken);
    }
  }

  /** Refuses a description that does not fit what went before. */
  static void requireNone(List<String> problems) throws MediaSetupException {
    if (!problems.isEmpty()) {
      throw new MediaSetupException(
          Reason.BAD_DESCRIPTION,
          "the description does not fit the one before",
          String.join("; ", problems));
    }
  }

  /** The streams of a description in one line, for a message. */
  static String summary(SessionDescription description) {
    List<String> streams = new ArrayList<>();
    for (MediaDescription media : description.media()) {
      List<String> formats =
          media.isRtp()
              ? media.rtpFormats().stream().map(f -> f.encoding().toString()).toList()
              : media.formats();
      streams.add(media.type() + " " + media.protocol() + " " + formats);
    }
    return String.join(", ", streams);
  }
}
