package org.mediacore.api.codec;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a codec is, as its factory states it and as a session description names it.
 *
 * <p>The RTP clock rate and the audio sampling rate are different facts: G.722 samples at 16 kHz
 * and counts RTP time at 8 kHz (RFC 3551 §4.5.2); Opus counts at 48 kHz whatever it samples at (RFC
 * 7587 §4.1). So are the channels of the rtpmap line and those of the audio: Opus always says
 * {@code /2}.
 *
 * @param encoding the encoding name of the rtpmap line; compared without regard to case
 * @param kind audio or video
 * @param rtpClockRateHz the clock rate of the rtpmap line and of RTP timestamps
 * @param rtpChannels the channels of the rtpmap line; 1 is not written
 * @param audio the audio that encoder and decoder work on unless negotiation says otherwise
 * @param staticPayloadType the payload type of RFC 3551 §6 where the encoding has one
 * @param frameDurationsUs durations in microseconds that one payload may carry when encoding,
 *     ascending, not empty, at most {@link CodecParameters#MAX_FRAME_DURATION_US}
 * @param defaultFmtp what is declared for receiving unless configured otherwise
 */
public record CodecDescriptor(
    String encoding,
    MediaKind kind,
    int rtpClockRateHz,
    int rtpChannels,
    AudioFormat audio,
    OptionalInt staticPayloadType,
    List<Integer> frameDurationsUs,
    Fmtp defaultFmtp) {

  public CodecDescriptor {
    if (!encoding.matches("[!#$%&'*+.^_`{|}~0-9A-Za-z-]+")) {
      throw new IllegalArgumentException("encoding must be an RFC 8866 token: " + encoding);
    }
    if (rtpClockRateHz < 1 || rtpChannels < 1) {
      throw new IllegalArgumentException(
          "rtpClockRateHz and rtpChannels must be positive: " + rtpClockRateHz + "/" + rtpChannels);
    }
    if (staticPayloadType.isPresent()
        && (staticPayloadType.getAsInt() < 0 || staticPayloadType.getAsInt() > 34)) {
      throw new IllegalArgumentException("static payload types are 0..34: " + staticPayloadType);
    }
    frameDurationsUs = List.copyOf(frameDurationsUs);
    if (frameDurationsUs.isEmpty() || frameDurationsUs.get(0) <= 0) {
      throw new IllegalArgumentException("frameDurationsUs must hold positive durations");
    }
    for (int i = 1; i < frameDurationsUs.size(); i++) {
      if (frameDurationsUs.get(i) <= frameDurationsUs.get(i - 1)) {
        throw new IllegalArgumentException("frameDurationsUs must ascend: " + frameDurationsUs);
      }
    }
  }

  /** The rtpmap value, such as {@code opus/48000/2} or {@code PCMU/8000}. */
  public String rtpmap() {
    return encoding + "/" + rtpClockRateHz + (rtpChannels == 1 ? "" : "/" + rtpChannels);
  }

  /** Whether an rtpmap names this codec; the encoding is compared without regard to case. */
  public boolean matches(String otherEncoding, int otherClockRateHz, int otherChannels) {
    return encoding.equalsIgnoreCase(otherEncoding)
        && rtpClockRateHz == otherClockRateHz
        && rtpChannels == otherChannels;
  }

  /**
   * The longest frame duration in microseconds that is not longer than {@code ptimeMs}, or the
   * shortest there is.
   */
  public int frameDurationUsFor(int ptimeMs) {
    int best = frameDurationsUs.get(0);
    for (int durationUs : frameDurationsUs) {
      if (durationUs <= ptimeMs * 1000) {
        best = durationUs;
      }
    }
    return best;
  }
}
