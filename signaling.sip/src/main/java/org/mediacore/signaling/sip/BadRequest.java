package org.mediacore.signaling.sip;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a 400 for what could not be parsed, from the header lines as they came. */
final class BadRequest {
  private BadRequest() {}

  /**
   * The answer; empty where none can be given: the text is a response, an ACK or no SIP at all, or
   * lacks a header without which an answer could not be assigned (RFC 3261 §8.2.6.2).
   *
   * @param head the request line and the header lines, unfolded
   * @param tag for the To header
   */
  static Optional<byte[]> answer(String head, String reason, String tag) {
    List<String> lines = head.lines().toList();
    if (lines.isEmpty() || !isRequest(lines.get(0))) {
      return Optional.empty();
    }
    StringBuilder response = new StringBuilder(400);
    response.append("SIP/2.0 400 Bad Request (").append(Refusal.phrase(reason)).append(")\r\n");
    boolean complete = true;
    for (String[] names :
        new String[][] {
          {"via", "v", "Via"},
          {"from", "f", "From"},
          {"to", "t", "To"},
          {"call-id", "i", "Call-ID"},
          {"cseq", "cseq", "CSeq"}
        }) {
      complete &= copy(lines, names, tag, response);
    }
    response.append("Content-Length: 0\r\n\r\n");
    return complete
        ? Optional.of(response.toString().getBytes(StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static boolean isRequest(String firstLine) {
    return !firstLine.startsWith("SIP/")
        && !firstLine.startsWith("ACK ")
        && firstLine.toUpperCase(Locale.ROOT).contains("SIP/");
  }

  private static boolean copy(
      List<String> lines, String[] names, String tag, StringBuilder response) {
    boolean found = false;
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
      if (name.equals(names[0]) || name.equals(names[1])) {
        String value = line.substring(colon + 1).trim().replaceAll("\\p{Cntrl}", " ");
        boolean untagged =
            names[0].equals("to") && !value.toLowerCase(Locale.ROOT).contains("tag=");
        response
            .append(names[2])
            .append(": ")
            .append(value)
            .append(untagged ? ";tag=" + tag : "")
            .append("\r\n");
        found = true;
        if (!names[0].equals("via")) {
          return true;
        }
      }
    }
    return found;
  }
}
