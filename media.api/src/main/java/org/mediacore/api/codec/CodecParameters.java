package org.mediacore.api.codec;

/**
 * What two sides agreed on for one codec: the result of {@link AudioCodecFactory#negotiate} and all
 * that an encoder or decoder is built from.
 *
 * @param descriptor the codec
 * @param sendFormat the audio that the encoder is given
 * @param receiveFormat the audio that the decoder delivers
 * @param local what we declare in our description: rules how the peer sends and what the decoder
 *     must understand
 * @param remote what the peer declared in its description: rules how the encoder sends
 * @param frameDurationUs audio per payload when encoding, in microseconds; one of the descriptor's
 */
public record CodecParameters(
    CodecDescriptor descriptor,
    AudioFormat sendFormat,
    AudioFormat receiveFormat,
    Fmtp local,
    Fmtp remote,
    int frameDurationUs) {

  /**
   * Longest audio of one payload that is received, in microseconds: 800 ms. No standard bounds what
   * a payload holds; streamers fill packets up to the network's limit. FFmpeg waits for 0.7 s
   * unless the packet is full before, and sends whole frames: up to 768 ms of AAC-LC, whose frames
   * take 128 ms at 8 kHz. Codecs may take less: Opus packets end at 120 ms (RFC 6716 §2.1.4).
   */
  public static final int MAX_PAYLOAD_DURATION_US = 800_000;

  /** Longest frame that an encoder is given, in microseconds: 120 ms. */
  public static final int MAX_FRAME_DURATION_US = 120_000;

  public CodecParameters {
    if (!descriptor.frameDurationsUs().contains(frameDurationUs)) {
      throw new IllegalArgumentException(
          "frameDurationUs must be one of "
              + descriptor.frameDurationsUs()
              + ": "
              + frameDurationUs);
    }
  }

  /** A copy whose encoder sends frames of the longest duration within {@code ptimeMs}. */
  public CodecParameters withPtimeMs(int ptimeMs) {
    return new CodecParameters(
        descriptor,
        sendFormat,
        receiveFormat,
        local,
        remote,
        descriptor.frameDurationUsFor(ptimeMs));
  }

  /** Samples per channel that the encoder is given per frame. */
  public int samplesPerFrame() {
    return sendFormat.samplesIn(frameDurationUs);
  }

  /** RTP timestamp units per frame that is sent. */
  public int timestampPerFrame() {
    return (int) ((long) descriptor.rtpClockRateHz() * frameDurationUs / 1_000_000);
  }
}
