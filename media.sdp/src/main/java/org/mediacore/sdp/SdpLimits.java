package org.mediacore.sdp;

/**
 * What the parser accepts at most. A description beyond a limit is refused with an {@link
 * SdpParseException} that names the limit.
 *
 * @param maxTextChars length of the whole text in characters (UTF-16 units; bytes for byte input)
 * @param maxLineChars length of one line in characters, without its line end
 * @param maxLines number of lines
 * @param maxMedia number of media descriptions
 * @param keepUnknownLineTypes false: a line whose type letter RFC 8866 does not define refuses the
 *     description, as RFC 8866 §5 demands; true: such lines are kept like all others
 */
public record SdpLimits(
    int maxTextChars, int maxLineChars, int maxLines, int maxMedia, boolean keepUnknownLineTypes) {

  /** 64 KiB of text, 8 KiB a line, 4,096 lines, 64 media descriptions, unknown letters refused. */
  public static final SdpLimits DEFAULT = new SdpLimits(65_536, 8_192, 4_096, 64, false);

  /** Checks that every limit is positive; throws IllegalArgumentException otherwise. */
  public SdpLimits {
    if (maxTextChars < 1 || maxLineChars < 1 || maxLines < 1 || maxMedia < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: "
              + maxTextChars
              + ", "
              + maxLineChars
              + ", "
              + maxLines
              + ", "
              + maxMedia);
    }
  }

  /** These limits with unknown type letters kept ({@code true}) or refused. */
  public SdpLimits withUnknownLineTypesKept(boolean keep) {
    return new SdpLimits(maxTextChars, maxLineChars, maxLines, maxMedia, keep);
  }
}
