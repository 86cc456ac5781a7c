package org.mediacore.codec.opus;

import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.codec.CodecParameters;

/**
 * How an encoder is set up: what is configured here within what the peer declared (RFC 7587 §7.1).
 *
 * @param format the audio that it is given
 * @param samplesPerFrame samples per channel and frame
 * @param application what it optimises for
 * @param bitrateBps mean bit rate at first
 * @param maxBitrateBps bit rate that tuning never exceeds
 * @param bandwidth widest audio bandwidth
 * @param constantBitrate whether every payload has the same size
 * @param fecWelcome whether the peer makes use of redundancy
 * @param fec whether redundancy is on at first
 * @param dtx whether silence is left out at first
 * @param complexity 0 to 10
 * @param lossPercent loss that is expected until the first report
 * @param dredMs most deep redundancy in a payload; 0 for none
 */
record EncoderPlan(
    AudioFormat format,
    int samplesPerFrame,
    Application application,
    int bitrateBps,
    int maxBitrateBps,
    Bandwidth bandwidth,
    boolean constantBitrate,
    boolean fecWelcome,
    boolean fec,
    boolean dtx,
    int complexity,
    int lossPercent,
    int dredMs) {

  static EncoderPlan of(CodecParameters parameters, OpusSettings settings) {
    OpusFmtp remote = OpusFmtp.of(parameters.remote());
    AudioFormat format = parameters.sendFormat();
    int maxBitrateBps = remote.maxAverageBitrateBps().orElse(OpusFmtp.MAX_BITRATE_BPS);
    return new EncoderPlan(
        format,
        parameters.samplesPerFrame(),
        settings.application(),
        Math.min(settings.bitrateBps() * format.channels(), maxBitrateBps),
        maxBitrateBps,
        Bandwidth.within(
            Math.min(
                settings.bandwidth().sampleRateHz(),
                Math.min(remote.maxPlaybackRateHz(), format.sampleRateHz()))),
        settings.constantBitrate() || remote.constantBitrate(),
        remote.inbandFec(),
        remote.inbandFec() && settings.fec(),
        remote.dtx(),
        settings.complexity(),
        settings.lossPercent(),
        settings.dredMs());
  }
}
