package org.mediacore.codec.opus;

/** What can be set in an encoder, with the request code of {@code opus_encoder_ctl}. */
enum EncoderControl {
  BITRATE_BPS(4002),
  MAX_BANDWIDTH(4004),
  VARIABLE_BITRATE(4006),
  COMPLEXITY(4010),
  INBAND_FEC(4012),
  LOSS_PERCENT(4014),
  DTX(4016),
  PREDICTION_DISABLED(4042),

  /** How much deep redundancy a packet may hold, in frames of 10 ms; 0 for none. */
  DEEP_REDUNDANCY(4050),

  /** One of the modes below, or {@link #AUTOMATIC}. */
  MODE(11002);

  /** Only the transform half of Opus, CELT, as libopus calls it. */
  static final int CELT_ONLY = 1002;

  /** What fits the signal. */
  static final int AUTOMATIC = -1000;

  private final int request;

  EncoderControl(int request) {
    this.request = request;
  }

  int request() {
    return request;
  }
}
